/** Texts that a spreadsheet would calculate, or run, if they stood in a cell as they are. */
export const formulas = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '\uFEFF=1',
  '＝1',
  '=cmd|"/c calc"!A1',
];
