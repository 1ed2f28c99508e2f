import type { Graded } from '../course/grading';
import { failureName } from './failure-names';
import { partsOf, withoutFolders } from './graded-files';
import { beginning, plainText } from './plain-text';

/**
 * Verdicts as Markdown, for the summary of a job on GitHub: how many files passed, and a table of all
 * with what is wrong and what to do next. What a learner wrote stands there as text, whatever it looks like.
 * @param room the most that it may be, in bytes of UTF-8; rows that do not fit are counted
 * @returns empty if there is no room even for that
 */
export function githubSummary(graded: readonly Graded[], room: number): string {
  const rows = graded.flatMap((one) => partsOf(one).map((part) => ({ one, part })));
  const passed = rows.filter(({ part }) => part.verdict === 'passed').length;
  const head = `### ${passed} of ${counted(rows.length, 'file')} passed

| | lesson | file | what is wrong | next |
|---|---|---|---|---|
`;
  const lines = rows.map(({ one, part }) => {
    const { lesson } = one;
    const { file, verdict, finding } = part;
    const what = finding ? `${failureName(finding.class)}: ${finding.message}` : '';
    const line = finding?.line === undefined ? '' : `:${finding.line}`;
    const cells = [`${lesson.number} ${lesson.title}`, `${file}${line}`, what, finding?.next ?? ''];
    const texts = cells.map((cell) => markdown(withoutFolders(cell, one)));
    return `| ${marks[verdict]} | ${texts.join(' | ')} |\n`;
  });
  return fitted(head, lines, room);
}

const marks = { passed: '✅', failed: '❌', missing: '⬜' };

/** As many rows as there is room for, and how many there are more. */
function fitted(head: string, lines: readonly string[], room: number): string {
  const whole = head + lines.join('');
  if (Buffer.byteLength(whole) <= room) return whole;
  const rest = (count: number) => `\n${counted(count, 'file')} more.\n`;
  let left = room - Buffer.byteLength(head) - Buffer.byteLength(rest(lines.length));
  if (left < 0) return '';
  const fitting: string[] = [];
  for (const line of lines) {
    left -= Buffer.byteLength(line);
    if (left < 0) break;
    fitting.push(line);
  }
  return head + fitting.join('') + rest(lines.length - fitting.length);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/**
 * A text as one cell of a table: no letter of it is Markdown or HTML.
 * Escapes: https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
function markdown(text: string): string {
  return plainText(beginning(text, longest))
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, (letter) => entities[letter] ?? `\\${letter}`);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;' };

/** The most of one cell, in characters. */
const longest = 1000;
