import type { GeneratedLearner } from '../../support/class/generated-class';

/**
 * Compares what came of a class with what had to, cell by cell.
 * @returns how many cells there are, and a line for each that differs
 */
export function comparedTables(
  expected: readonly GeneratedLearner[],
  seen: readonly GeneratedLearner[],
): { cells: number; differences: string[] } {
  const differences: string[] = [];
  let cells = 0;
  const rows = new Map(seen.map((learner) => [learner.name, learner.expected]));
  if (rows.size !== expected.length) differences.push(`${rows.size} rows, not ${expected.length}`);
  for (const { name, expected: own } of expected) {
    const row = rows.get(name) ?? {};
    for (const cell of new Set([...Object.keys(own), ...Object.keys(row)])) {
      cells += 1;
      if (own[cell] === row[cell]) continue;
      differences.push(`${name}, ${cell}: ${row[cell] ?? 'nothing'}; expected ${own[cell]}`);
    }
  }
  return { cells, differences };
}
