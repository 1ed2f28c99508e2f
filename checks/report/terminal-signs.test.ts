import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { terminalTable } from '../../runner/class/results/terminal-table';
import type { LessonState } from '../../runner/course/progress/progress';
import { sign } from '../../runner/report/html/outcome';
import { comparison } from '../../runner/report/terminal/comparison';
import { look } from '../../runner/report/terminal/lesson-list';
import { markdown } from '../../runner/report/terminal/markdown';
import { describeScreen } from '../../runner/report/terminal/screen';
import { beside } from '../../runner/report/terminal/side-by-side';
import { suite } from '../support/suite';

const test = suite('terminal-signs');
const terminal = { isTTY: true, columns: 80, rows: 24 };
const coloured = describeScreen(terminal, {});
const screens = [
  describeScreen(terminal, { NO_COLOR: '1' }),
  describeScreen(terminal, { LC_ALL: 'C', NO_COLOR: '1' }),
  describeScreen(terminal, {}, true),
];

/** Every two are told apart without a colour. */
function expectDifferent(signs: readonly string[]): void {
  assert.ok(signs.every((one) => one.trim() !== ''));
  assert.equal(new Set(signs).size, signs.length, signs.join(' '));
}

const states: Record<LessonState, true> = {
  'not started': true,
  started: true,
  passed: true,
  failed: true,
  changed: true,
  'check again': true,
};

test('each state of a lesson has a sign of its own, in the terminal and on the page', () => {
  for (const screen of screens) {
    expectDifferent(Object.keys(states).map((state) => look(state as LessonState, screen).mark));
  }
});

test('each outcome has a sign of its own in the report, and in the table of a class', () => {
  expectDifferent((['passed', 'failed', 'missing'] as const).map(sign));
  for (const screen of screens.slice(0, 2)) {
    const table = { lessons: [], mostPoints: 0, rows: [] } as Parameters<typeof terminalTable>[0];
    const legend = terminalTable(table, screen).trimEnd().split('\n').at(-1) ?? '';
    const signs = legend
      .trim()
      .split(/ {2,}/)
      .map((one) => one.split(' ')[0] ?? '');
    assert.equal(signs.length, 5);
    expectDifferent(signs);
  }
});

test('what differs is marked without a colour', () => {
  for (const screen of screens) {
    const rows = comparison('same\nlost', 'same\nextra', screen);
    assert.ok(
      rows.some((row) => /^ {2}- lost/.test(row)) && rows.some((row) => /^ {2}\+ /.test(row)),
    );
    const versions = beside(
      {
        mine: { name: 'a', text: 'same\nmine\n' },
        other: { name: 'b', text: 'same\nother\nmore' },
      },
      screen,
    );
    const marks = versions.flatMap((row) => /(?:^ {2}| )([≠!<>]) /.exec(row)?.[1] ?? []);
    assert.ok(marks.length >= 2, versions.join('\n'));
  }
});

test('colours are the sixteen of the terminal’s theme, none of them blue, and prose is never dim', async () => {
  const file = path.join(__dirname, '../fixtures/course/00-greeting/lesson.md');
  const source = `${readFileSync(file, 'utf8')}\n> a remark\n\n\`\`\`js\n// why\nconst a = 'b';\n\`\`\`\n`;
  const text = await markdown(source, coloured);
  const codes = [...text.matchAll(/\x1b\[([\d;]*)m/g)].map(([, code = '']) => code);
  assert.ok(codes.length > 0);
  for (const code of codes) assert.doesNotMatch(code, /^(?:[34]8;|34$|94$|2$)/, code);
});

test.run();
