import type { Outcome } from './step';

/** A table in Markdown: a row for each Node with what its steps came to together. */
export function table(rows: readonly (readonly [version: string, outcomes: readonly Outcome[]])[]) {
  const lines = rows.map(([version, outcomes]) => {
    const sum = (field: keyof Outcome) =>
      outcomes.reduce((total, outcome) => total + outcome[field], 0);
    const cells = [version, sum('passed'), sum('failed'), sum('skipped'), time(sum('seconds'))];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| Node | passed | failed | skipped | time |', '|---|--:|--:|--:|--:|', ...lines].join(
    '\n',
  );
}

/** Minutes and seconds. */
function time(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`;
}
