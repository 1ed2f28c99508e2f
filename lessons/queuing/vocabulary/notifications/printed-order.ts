import { matches, nearest, shown } from '#grading';
import type { JobLine } from './job-lines';

interface Row {
  text: string;
  due?: JobLine | undefined;
}

/**
 * The lines that are due in the order in which the program printed them: jobs mix in any way, and
 * what it printed then differs from these only where something is wrong.
 * @param due each job's lines in their order
 */
export function inPrintedOrder(due: readonly JobLine[], printed: readonly string[]): string[] {
  const left = new Set(due);
  const rows: Row[] = printed.map((text) => {
    const found = [...left].find((one) => matches(one.expected, text));
    if (found) left.delete(found);
    return { text, due: found };
  });
  for (const row of rows) {
    if (row.due) continue;
    row.due = mostAlike(row.text, left);
    if (row.due) {
      row.text = shown(row.due.expected);
      left.delete(row.due);
    }
  }
  const laid = rows.filter((row) => row.due !== undefined);
  for (const missing of left) {
    const before = due.slice(0, due.indexOf(missing)).filter(({ id }) => id === missing.id);
    const after = laid.findLastIndex(({ due: one }) => one !== undefined && before.includes(one));
    const row = { text: shown(missing.expected), due: missing };
    laid.splice(after < 0 ? laid.length : after + 1, 0, row);
  }
  return laid.map(({ text }) => text);
}

/** The line that a text was meant to be, where it resembles one. */
function mostAlike(text: string, lines: ReadonlySet<JobLine>): JobLine | undefined {
  const all = [...lines];
  const best = nearest(
    text,
    all.map(({ expected }) => shown(expected)),
  );
  return all.find(({ expected }) => shown(expected) === best);
}
