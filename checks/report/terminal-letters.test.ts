import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { terminalTable } from '../../runner/class/results/terminal-table';
import type { Evidence } from '../../runner/grading/verdict';
import { comparison } from '../../runner/report/terminal/comparison';
import { evidenceFor } from '../../runner/report/terminal/evidence';
import { excerpt } from '../../runner/report/terminal/excerpt';
import { keysLeft } from '../../runner/report/terminal/keys-left';
import { describeScreen, type Screen } from '../../runner/report/terminal/screen';
import { beside } from '../../runner/report/terminal/side-by-side';
import { timeline } from '../../runner/report/terminal/timeline';
import { transcript } from '../../runner/report/terminal/transcript';
import { columnsOf } from '../../runner/report/terminal/wrap';
import { suite } from '../support/suite';

const test = suite('terminal-letters');
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

/** What a terminal would obey, hide, or draw in another width than it has letters. */
const awkward = {
  'beyond the basic plane': '𠮷野家 and 𠮷',
  emoji: 'done 🎉🎉',
  'emoji with joiners': 'a 👩‍💻 and a 👨‍👩‍👧‍👦',
  'emoji by a selector': 'I ❤️ it',
  flags: '🇩🇪🇫🇷',
  'combining marks': 'e\u0301te\u0301, n\u0303, \u0301',
  Hangul: '\u1112\u1161\u11ab\u1100\u1173\u11af and 한글',
  tabs: 'a\tb\t\tc',
  'right to left': 'שלום and مرحبا',
  'changed direction': '\u202eback\u202c \u2067x\u2069',
  'colour and cursor': '\x1b[31mred\x1b[0m \x1b[2J\x1b[H\x1b[10A\x9b2J',
  'the title, a link, a bell': '\x1b]0;title\x07 \x1b]8;;http://x\x1b\\x \x07',
  'carriage returns': 'one\rtwo\b\b\b',
  'long and wide': '漢字'.repeat(60),
  'a line of emoji': '😀 '.repeat(50),
} as const;

const screens: [string, Screen][] = [20, 30, 40, 60, 80, 200].flatMap((columns) => [
  [`${columns} columns`, describeScreen({ isTTY: true, columns, rows: 24 }, {})],
  [
    `${columns} columns, ASCII`,
    describeScreen({ isTTY: true, columns, rows: 24 }, { LC_ALL: 'C' }),
  ],
  [`${columns} columns, plain`, describeScreen({ isTTY: true, columns, rows: 24 }, {}, true)],
]);

/** Each view that shows what a learner or a program wrote. */
const views: [string, (text: string, screen: Screen) => string[]][] = [
  ['the program’s lines', (text, screen) => transcript(evidence(text).output, screen, '')],
  ['the timeline', (text, screen) => timeline(evidence(text), screen)],
  ['the keys', (text, screen) => keysLeft(evidence(text).keys, screen)],
  ['the commands', (text, screen) => evidenceFor('wrong-command', evidence(text), screen)],
  ['the comparison', (text, screen) => comparison(`${text} end`, `${text}  and`, screen)],
  ['the comparison with it alone', (text, screen) => comparison('expected', text, screen)],
  [
    'two versions',
    (text, screen) =>
      beside(
        {
          mine: { name: 'mine.ts', text: `same\n${text}\n` },
          other: { name: 'other.ts', text: `same\n${text}!\n${text}` },
        },
        screen,
      ),
  ],
  [
    'the place',
    (text, screen) => {
      const file = path.join(folder, 'program.ts');
      writeFileSync(file, `${text}\n${text}\n${text}\n`);
      return excerpt(file, 2, screen);
    },
  ],
];

function evidence(text: string): Evidence {
  const command = { program: 'one', connection: 1, at: 1, command: ['SET', text, text] };
  return {
    output: [
      { program: 'one', stream: 'stdout', text, at: 2 },
      { program: 'two', stream: 'stderr', text, at: 3 },
    ] as Evidence['output'],
    wire: [{ ...command, reply: text }],
    http: [],
    keys: [
      { key: text, type: 'string', value: text },
      { key: 'many', type: 'hash', value: { [text]: text, short: text } },
      { key: 'list', type: 'list', value: [text, text] },
    ],
  };
}

for (const [name, text] of Object.entries(awkward)) {
  test(`${name}: nothing moves the cursor, and no row is too wide`, () => {
    for (const [where, screen] of screens) {
      for (const [view, draw] of views) {
        const rows = draw(text, screen).flatMap((row) => row.split('\n'));
        assert.ok(rows.length > 0);
        for (const row of rows) {
          const what = `${view} at ${where}: ${JSON.stringify(row)}`;
          assert.doesNotMatch(row.replace(/\x1b\[[\d;]*m/g, ''), /[\x00-\x1f\x7f-\x9f]/, what);
          assert.ok(columnsOf(row) <= screen.columns, `${what} is ${columnsOf(row)} wide`);
          assert.doesNotMatch(row, /\p{Cf}|\ufe0f/u, what);
          if (screen.ascii) assert.doesNotMatch(row, /[^\x00-\x7f]/, what);
        }
      }
    }
  });
}

test('two versions stand in two columns, whatever is in the first', () => {
  const screen = describeScreen({ isTTY: true, columns: 100, rows: 24 }, {});
  const text = Object.values(awkward).join('\n');
  const rows = beside(
    {
      mine: { name: 'mine.ts', text },
      other: { name: 'other.ts', text: text.replaceAll('a', 'b') },
    },
    screen,
  ).map(stripVTControlCharacters);
  const bars = rows
    .filter((row) => row !== '')
    .map((row) => columnsOf(/^.*? [│≠<>](?= |$)/.exec(row)?.[0] ?? ''));
  assert.deepEqual([...new Set(bars)], [2 + 47 + 2]);
});

test('the arrow stands below the first letter that differs', () => {
  const screen = describeScreen({ isTTY: true, columns: 60, rows: 24 }, {});
  for (const text of ['漢字漢字', 'a\tb', '😀😀', 'e\u0301', `${'漢'.repeat(50)} `]) {
    const [, lost = '', extra = '', arrow = ''] = comparison(`${text}x`, `${text}y`, screen).map(
      stripVTControlCharacters,
    );
    const at = columnsOf(arrow) - 1;
    assert.equal(at, columnsOf(lost.slice(0, lost.indexOf('x'))), text);
    assert.equal(at, columnsOf(extra.slice(0, extra.indexOf('y'))), text);
  }
});

test('the columns of a class line up, whatever the names', () => {
  const screen = describeScreen({ isTTY: true, columns: 120, rows: 24 }, {});
  const cells = [{ lesson: '0', verdict: 'passed', points: 10 }];
  const names = Object.values(awkward).slice(0, -2);
  const table = {
    lessons: [{ name: '0', title: 'Say hello' }],
    mostPoints: 10,
    rows: names.map((name) => ({ learner: { name }, state: 'graded', cells, points: 10 })),
  } as unknown as Parameters<typeof terminalTable>[0];
  const rows = terminalTable(table, screen)
    .split('\n')
    .slice(1, names.length + 1);
  const marks = rows.map((row) => columnsOf(row.slice(0, row.lastIndexOf('✓'))));
  assert.equal(new Set(marks).size, 1, rows.join('\n'));
  const plain = terminalTable(table, describeScreen({ isTTY: true }, {}, true));
  assert.doesNotMatch(plain, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
});

test.run();
