import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as v from 'valibot';
import { linesOf } from '../../lessons/queuing/vocabulary/notifications/job-lines';
import { inPrintedOrder } from '../../lessons/queuing/vocabulary/notifications/printed-order';
import type { Graded } from '../../runner/course/grading';
import type { Lesson } from '../../runner/course/lesson';
import type { Finding, PrintedLine } from '../../runner/grading/verdict';
import { differences } from '../../runner/report/difference';
import { jsonError, jsonReport, reportSchema } from '../../runner/report/json';
import { comparison } from '../../runner/report/terminal/comparison';
import { errorReport, errorText } from '../../runner/report/terminal/error-report';
import { excerpt } from '../../runner/report/terminal/excerpt';
import { sanitize, visible } from '../../runner/report/terminal/invisible';
import { lessonList } from '../../runner/report/terminal/lesson-list';
import { loadReport } from '../../runner/report/terminal/load-report';
import { markdown } from '../../runner/report/terminal/markdown';
import { describeScreen, type Screen } from '../../runner/report/terminal/screen';
import { transcript } from '../../runner/report/terminal/transcript';
import { verdictReport } from '../../runner/report/terminal/verdict-report';
import { columnsOf, cut, pad, wrap } from '../../runner/report/terminal/wrap';
import { suite } from '../support/suite';

const test = suite('report');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const file = path.join(folder, '1-redis_op.ts');
writeFileSync(file, 'one\n\tconst two = 2;\nthree\n');
test.after(() => rmSync(folder, { recursive: true }));

const screen = (columns = 80, plain = false, env: NodeJS.ProcessEnv = {}): Screen =>
  describeScreen({ isTTY: false, columns, rows: 24 }, env, plain);
const coloured = screen(80, false, { FORCE_COLOR: '1' });

const lesson: Lesson = {
  course: 'queuing',
  twins: [],
  number: 2,
  id: 'basic-operations',
  title: 'Basic operations',
  files: ['1-redis_op'],
  kinds: { '1-redis_op': 'program' },
  beside: [],
  names: [],
  level: 'mandatory',
  minutes: 20,
  words: [],
  hints: [],
  text: '',
  folder,
};
const line = (
  text: string,
  stream: PrintedLine['stream'] = 'stdout',
  program = 'p',
): PrintedLine => ({
  program,
  stream,
  text,
  at: 0,
});
const finding: Finding = {
  class: 'wrong-output',
  message: 'It prints “Replay: OK”.',
  next: 'Print “Reply: OK”.',
  expected: 'School\nReply: OK\n100',
  seen: 'School\nReplay: OK\n100',
  line: 2,
};
const failed = (more: Partial<Finding> = {}, output = [line('Replay: OK')]): Graded => {
  const told = { ...finding, ...more };
  const evidence = {
    output,
    wire: [{ program: 'p', connection: 1, at: 0, command: ['SET', 'a b', '1'], reply: 'OK' }],
    http: [],
    keys: [],
  };
  return {
    lesson,
    files: [file],
    fingerprint: '',
    verdict: {
      verdict: 'failed',
      finding: told,
      advice: ['Your client is version 4.'],
      parts: [{ file: '1-redis_op.ts', verdict: 'failed', finding: told, evidence }],
      isolation: 'guard',
      ms: 312,
    },
  };
};
const onward = { wholeOutput: 'run 2', keys: [{ key: 'h', does: 'hint' }] };

test('a failure is told in the order in which it is needed', () => {
  const text = verdictReport(failed(), screen(), onward);
  const order = [
    'failed  312 ms',
    'wrong output',
    'It prints “Replay: OK”.',
    '- expected   + seen',
    '- Reply: OK',
    '+ Replay: OK',
    '1-redis_op.ts:2',
    '▸ 2    const two = 2;',
    '│ Replay: OK',
    '→ next  Print “Reply: OK”.',
    'advice  Your client is version 4.',
    'h hint',
  ];
  let from = 0;
  for (const part of order) {
    const at = text.indexOf(part, from);
    assert.ok(at >= from, `${part} comes after what stands before it in:\n${text}`);
    from = at;
  }
});

test('the first difference has an arrow under it', () => {
  const lines = comparison('School\nReply: OK', 'School\nReplay: OK', screen());
  const at = lines.findIndex((text) => text.includes('+ Replay'));
  assert.equal(lines[at]?.indexOf('a', 6), lines[at + 1]?.indexOf('↑'));
});

test('what looks the same and is not is made visible', () => {
  const text = comparison('Reply: OK', 'Reply: OK \u00a0\t\u200b\r', screen()).join('\n');
  assert.match(text, /Reply: OK·<U\+00A0>⇥<U\+200B>␍/);
  assert.match(text, /· is a space, ⇥ is a tab, ␍ is a carriage return/);
  const plain = comparison('Reply: OK', 'Reply: OK ', screen(80, true)).join('\n');
  assert.match(plain, /Reply: OK_/);
  assert.match(plain, /_ is a space/);
});

test('nothing at all was seen', () => {
  assert.match(comparison('one\ntwo', '', screen()).join('\n'), /- one\n.*- two\n.*\+ \(nothing\)/);
});

test('a line stands beside the one that it resembles, not beside the one in its place', () => {
  const rows = differences(
    'SET San_Francisco 100\nQUIT',
    'GET School\nSET San_Fransisco 100\nQUIT',
  );
  assert.deepEqual(rows, [
    { kind: 'extra', text: 'GET School' },
    { kind: 'changed', lost: 'SET San_Francisco 100', extra: 'SET San_Fransisco 100' },
    { kind: 'same', text: 'QUIT' },
  ]);
});

test('the lines of several jobs are expected in the order in which they were printed', () => {
  const due = [
    { id: 1, script: { progress: [50] } },
    { id: 2, script: { progress: [] } },
  ].flatMap(linesOf);
  const printed = [
    'Notification job created: 2',
    'Notification job #1 created',
    'Notification job #2 completed',
    'Notification job 1 completed',
    'something else',
  ];
  assert.deepEqual(inPrintedOrder(due, printed), [
    'Notification job created: 2',
    'Notification job created: 1',
    'Notification job 1 50% complete',
    'Notification job #2 completed',
    'Notification job 1 completed',
  ]);
});

test('long equal stretches of a comparison are left out', () => {
  const many = Array.from({ length: 200 }, (_, i) => `line ${i}`);
  const text = comparison([...many, 'end'].join('\n'), [...many, 'and'].join('\n'), screen());
  assert.ok(text.length < 12);
  assert.match(text.join('\n'), /198 more lines/);
});

test('a long line is shown around its first difference', () => {
  const [one, other] = [
    `${'x'.repeat(300)}1${'y'.repeat(300)}`,
    `${'x'.repeat(300)}2${'y'.repeat(300)}`,
  ];
  const text = comparison(one, other, screen());
  assert.ok(text.every((row) => columnsOf(row) <= 80));
  assert.match(text.join('\n'), /- …x+1y+…\n.*\+ …x+2y+…/);
});

test('letters are marked by colour where there is colour', () => {
  const text = comparison('Reply', 'Replay', coloured).join('\n');
  assert.ok(text.includes('\x1b[31m\x1b[4ma'));
  assert.ok(!comparison('Reply', 'Replay', screen()).join('').includes('\x1b'));
});

test('what a program writes cannot reach the terminal', () => {
  const wild = '\x1b[2J\x1b]0;title\x07\x9b31m\u202egnp.exe\x00\b';
  const shown = sanitize(wild, screen().glyphs);
  assert.equal(shown, '␛[2J␛]0;title␇<U+009B>31m<U+202E>gnp.exe␀␈');
  assert.equal(stripVTControlCharacters(shown), shown);
  assert.equal(sanitize('\x1b\r', screen(80, true).glyphs), '\\x1b\\r');
  assert.equal(visible('a b', screen().glyphs), 'a·b');
  const text = verdictReport(failed({ message: wild, next: wild }, [line(wild)]), screen(), onward);
  assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
});

test('long output is clipped in the middle, with the count and the way to all of it', () => {
  const output = Array.from({ length: 500 }, (_, i) => line(`line ${i}`));
  const text = transcript(output, screen(), 'npm start -- run 2');
  assert.ok(text.length <= 31);
  assert.match(text.join('\n'), /│ line 0\n/);
  assert.match(text.join('\n'), /⋮ 471 lines more: npm start -- run 2/);
  assert.match(text.join('\n'), /│ line 499$/);
});

test('errors have a bar of their own, several programs their names', () => {
  const text = transcript(
    [line('a', 'stdout', 'one'), line('b', 'stderr', 'two'), line('c', 'stderr', 'two')],
    screen(),
    '',
  );
  assert.deepEqual(text, ['  one', '  │ a', '  two', '  ┃ b', '  ┃ c']);
});

test('a stack trace keeps the frames of the learner', () => {
  const stack = [
    'TypeError: x is not a function',
    '    at setNewSchool (/home/me/1-redis_op.ts:3:1)',
    '    at Module._compile (node:internal/modules/cjs/loader:1)',
    '    at foo (/home/me/node_modules/redis/index.js:1:1)',
  ].map((text) => line(text, 'stderr'));
  assert.equal(transcript(stack, screen(), '').length, 2);
});

test('the commands are shown where a command was wrong', () => {
  assert.match(
    verdictReport(failed({ class: 'wrong-command' }), screen(), onward),
    /SET "a b" 1 {2}OK/,
  );
  assert.doesNotMatch(verdictReport(failed(), screen(), onward), /SET "a b"/);
});

test('no line is wider than the terminal, at 80 columns and at 40', () => {
  const long = failed({
    message: 'The value of the key HolbertonSanFrancisco should be 100, but it is something else.',
    next: 'https://example.org/a/very/long/address/that/has/no/space/in/it/at/all/whatsoever',
    seen: `School\n${'long '.repeat(60)}\n100`,
  });
  for (const width of [80, 40]) {
    const rows = verdictReport(long, screen(width), onward).split('\n');
    for (const row of rows) assert.ok(columnsOf(row) <= width, `${width}: ${row}`);
  }
});

test('a pass and a missing file are told shortly', () => {
  const graded = failed();
  const passed = {
    ...graded,
    verdict: {
      verdict: 'passed' as const,
      advice: [],
      parts: [],
      isolation: 'guard' as const,
      ms: 5,
    },
  };
  const text = verdictReport(passed, screen(), onward);
  assert.match(text, /✓ {2}2 {2}Basic operations +passed/);
  assert.ok(text.split('\n').length < 8);
});

test('colours follow NO_COLOR, TERM and the kind of output', () => {
  const colour = (env: NodeJS.ProcessEnv, isTTY = true, plain = false) =>
    describeScreen({ isTTY }, env, plain).paint('red', 'x') !== 'x';
  assert.ok(colour({}));
  assert.ok(!colour({ NO_COLOR: '1' }));
  assert.ok(!colour({ TERM: 'dumb' }));
  assert.ok(!colour({}, true, true));
  assert.ok(!colour({}, false));
  assert.ok(colour({ FORCE_COLOR: '1' }, false));
});

test('the list has a line a lesson, a bar, and words only where that is asked for', () => {
  const statuses = [
    { lesson, state: 'passed' as const, files: [] },
    {
      lesson: { ...lesson, number: 13, level: 'advanced' as const },
      state: 'changed' as const,
      files: [],
    },
  ];
  assert.match(
    lessonList(statuses, screen()),
    /━+─+ {2}1 of 2 passed\n\n.*✓ {2}2.*passed\n.*● 13.*\* .*changed/,
  );
  const plain = lessonList(statuses, screen(40, true));
  assert.doesNotMatch(plain, /[^\x00-\x7f]/);
  assert.ok(plain.split('\n').every((row) => columnsOf(row) <= 40));
});

test('a line break in the source of a list item is none on the screen', async () => {
  assert.equal(await markdown('- one\n  two\n- three\n', screen()), '    * one two\n    * three');
});

test('Markdown is drawn within the width, with what is inside of list items', async () => {
  const source =
    '# Head\n\n- a **bold** `code` item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```ts\nconst a = 1;\n```\n[x](https://a.b)';
  const text = await markdown(source, screen(40));
  assert.match(text, /\* a bold `code` item/);
  assert.match(text, /const a = 1;/);
  assert.match(text, /x \(https:\/\/a\.b\)/);
  assert.ok(!text.includes('\x1b'));
  const wide = await markdown(`- ${'word '.repeat(40)}`, screen(40));
  assert.ok(wide.split('\n').every((row) => columnsOf(row) <= 40));
});

test('lines are wrapped at spaces, and a word without one is cut', () => {
  assert.deepEqual(wrap('one two three', 9, '  ', '    '), ['  one two', '    three']);
  assert.deepEqual(wrap('abcdefgh', 4), ['abcd', 'efgh']);
  assert.deepEqual(wrap('a\n\nb', 10, '> '), ['> a', '> ', '> b']);
  assert.equal(columnsOf('日本\x1b[31m✓\x1b[39m'), 5);
  // Beyond the first plane of Unicode, composed, and drawn as a picture.
  assert.equal(columnsOf('𠮷'), 2);
  assert.equal(columnsOf('e\u0301é'), 2);
  assert.equal(columnsOf('👨‍👩‍👧'), 2);
  assert.equal(pad('𠮷', 4), '𠮷  ');
  assert.equal(cut('abcdef', 4), 'abc…');
});

test('the JSON keeps to its schema', () => {
  const redis = { kind: 'server' as const, version: '7.0.15', open: () => Promise.reject() };
  const report = v.parse(reportSchema, jsonReport(redis, [failed({ message: 'two\n lines' })]));
  assert.deepEqual(report.redis, { kind: 'server', version: '7.0.15' });
  assert.deepEqual(report.lessons[0], {
    course: 'queuing',
    number: 2,
    id: 'basic-operations',
    files: ['1-redis_op.ts'],
    verdict: 'failed',
    class: 'wrong-output',
    message: 'two lines',
    next: 'Print “Reply: OK”.',
    advice: ['Your client is version 4.'],
    isolation: 'guard',
    ms: 312,
    parts: [
      {
        file: '1-redis_op.ts',
        verdict: 'failed',
        class: 'wrong-output',
        message: 'two lines',
        next: 'Print “Reply: OK”.',
        line: 2,
      },
    ],
  });
  v.parse(reportSchema, jsonError({ kind: 'environment', message: 'm', next: 'n' }));
});

test('an error of the workbook itself is one sentence without a stack', () => {
  const fault = errorReport(new Error('boom\n    at somewhere'));
  assert.equal(fault.kind, 'workbook');
  assert.doesNotMatch(errorText(fault, screen()), /at somewhere/);
});

test('the run that a failure is about speaks first, further runs of a program last', () => {
  const output = [
    line('not connected', 'stdout', 'p (Redis down)'),
    line('not connected', 'stdout', 'p (Redis down)'),
    line('School', 'stdout', 'p'),
  ];
  const names = (seen?: string) =>
    transcript(output, screen(), '', seen).filter((text) => !text.includes('│'));
  assert.deepEqual(names(), ['  p', '  p (Redis down)']);
  assert.deepEqual(names('not connected'), ['  p (Redis down)', '  p']);
  // Where the failure is about the one run, the other is left to the timeline.
  assert.equal(
    transcript(output, screen(), '', 'School').some((text) => /not/.test(text)),
    false,
  );
});

test('what a further run says word for word again is not shown twice', () => {
  const output = [line('Error: no', 'stderr', 'p'), line('Error: no', 'stderr', 'p (Redis down)')];
  assert.equal(transcript(output, screen(), '').filter((text) => /Error/.test(text)).length, 1);
});

test('the line in question is shown whole in a narrow terminal', () => {
  const code = path.join(folder, 'narrow.ts');
  writeFileSync(
    code,
    "before\n  client.hset('HolbertonSchools', 'Cali', '50', redis.print);\nafter\n",
  );
  const lines = excerpt(code, 2, screen(40));
  assert.ok(lines.every((text) => columnsOf(text) <= 40));
  assert.match(
    lines.join(' ').replace(/\s+/g, ' '),
    /'HolbertonSchools', 'Cali', '50', redis\.print\);/,
  );
});

test('of a file that cannot be read, the compiler’s own lines are left out', () => {
  const text = verdictReport(
    failed({ class: 'syntax-error' }, [line('TSError: ⨯ Unable to compile', 'stderr')]),
    screen(),
    { wholeOutput: '', keys: [] },
  );
  assert.doesNotMatch(text, /TSError|your program printed/);
});

test('what a client asks Redis by itself is not told', () => {
  const graded = failed({ class: 'wrong-command' });
  graded.verdict.parts[0]?.evidence.wire.unshift({
    program: 'p',
    connection: 1,
    at: 0,
    command: ['INFO'],
    reply: '"# Server"',
  });
  const text = verdictReport(graded, screen(), { wholeOutput: '', keys: [] });
  assert.match(text, /SET "a b" 1/);
  assert.doesNotMatch(text, /INFO/);
});

test('ACCESSIBLE asks for the plain screen, a locale without UTF-8 for ASCII', () => {
  const terminal = { isTTY: true, columns: 80, rows: 24 };
  const drawn = (env: NodeJS.ProcessEnv) => {
    const { live, plain, ascii, glyphs } = describeScreen(terminal, env);
    return [live, plain, ascii, glyphs.pass];
  };
  assert.deepEqual(drawn({}), [true, false, false, '✓']);
  assert.deepEqual(drawn({ ACCESSIBLE: '1' }), [false, true, false, '+']);
  assert.deepEqual(drawn({ ACCESSIBLE: '0' }), [true, false, false, '✓']);
  assert.deepEqual(drawn({ LANG: 'en_GB.UTF-8', LC_ALL: 'C' }), [true, false, true, '+']);
  assert.deepEqual(drawn({ LANG: 'POSIX' }), [true, false, true, '+']);
  assert.deepEqual(drawn({ LANG: 'C', LC_CTYPE: 'C.utf8' }), [true, false, false, '✓']);
});

test('a load that oversold leads to a server that does not', () => {
  const result = { servers: 1, requests: 9, errors: 0, perSecond: 5 };
  const sold = (given: number) => [{ ...result, tallies: [{ what: 'seats', there: 3, given }] }];
  const cure = 'npm start -- solution 4 --further';
  assert.match(loadReport(sold(5), screen(), cure), /5 given, 3 there[\s\S]*solution 4 --further/);
  assert.doesNotMatch(loadReport(sold(5), screen()), /--further/);
  assert.doesNotMatch(loadReport(sold(3), screen(), cure), /--further/);
});

test.run();
