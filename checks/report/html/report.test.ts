import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Graded } from '../../../runner/course/grading';
import type { Evidence, Finding, WireEntry } from '../../../runner/grading/verdict';
import { lanesOf } from '../../../runner/report/html/lanes';
import { html, shown } from '../../../runner/report/html/markup';
import type { ReportedLesson } from '../../../runner/report/html/model';
import { htmlReport } from '../../../runner/report/html/report';
import { tokens } from '../../../runner/report/html/syntax';
import { showQueueLibraries } from '../../../runner/report/queue-libraries';
import { timelineOf } from '../../../runner/report/timeline';
import { presentationsOf } from '../../../runner/vocabulary/presentation';
import { evidence, gradedLesson, hostile } from '../../support/graded-lesson';
import { suite } from '../../support/suite';

const test = suite('report');

showQueueLibraries(() => presentationsOf(['kue']));

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

const source = (text: string): string => {
  const file = path.join(folder, '1-redis_op.ts');
  writeFileSync(file, text);
  return file;
};

const page = (graded: Graded, more: Partial<ReportedLesson> = {}): string =>
  htmlReport({
    lessons: [{ name: String(graded.lesson.number), graded, ...more }],
    redis: { kind: 'server', version: '7.0.15' },
    at: new Date(0),
    what: 'workspace',
    workbook: '0.1.0',
    node: '20.19.0',
  });

const finding: Finding = {
  class: 'wrong-output',
  message: 'It prints “Replay: OK”.',
  next: 'Print “Reply: OK”.',
  expected: 'School\nReply: OK\n100',
  seen: 'School\nReplay: OK\n100',
  line: 2,
};

const sent = (program: string, at: number, command: string[], reply = 'OK'): WireEntry => ({
  program,
  connection: 1,
  at,
  command,
  reply,
});

test('a failure is told in the order in which it is needed', () => {
  const seen = evidence({
    output: [{ program: 'p', stream: 'stdout', text: 'Replay: OK', at: 5 }],
    wire: [sent('1-redis_op', 1, ['SET', 'a b', '1'])],
    keys: [{ key: 'a b', type: 'string', value: '1' }],
  });
  const graded = gradedLesson(source('const one = 1;\nuse(one);\n'), finding, seen);
  const text = page(graded, { hints: 1 });
  const order = [
    '0 of 1 lesson passed',
    'aria-label="0 passed, 1 failed, 0 missing"',
    '7.0.15, a private server',
    'Basic operations',
    '1 hint used',
    'wrong output',
    'It prints “Replay: OK”.',
    'Line 2',
    'Repl<mark>a</mark>y: OK',
    'Next step',
    '<b>Output</b>',
    'Replay: OK',
    '<b>Code</b>',
    '<span class="keyword">const</span> one',
    '<mark class="line here" id="lesson-2-1-line">use(one)',
    '<b>Timeline</b>',
    'SET &quot;a b&quot; 1',
    '<b>Keys left in Redis</b>',
  ];
  let from = 0;
  for (const part of order) {
    const at = text.indexOf(part, from);
    assert.ok(at >= from, `${part} comes after what stands before it`);
    from = at;
  }
});

test('what programs write is text, wherever it stands', () => {
  const everywhere = hostile.join('\n');
  const seen: Evidence = {
    output: hostile.flatMap((text) => [
      { program: text, stream: 'stdout' as const, text, at: 0 },
      { program: text, stream: 'stderr' as const, text, at: 9 },
    ]),
    wire: hostile.map((text) => sent(text, 1, ['SET', text, text], text)),
    http: hostile.map((text) => ({ program: text, at: 2, request: text, status: 200, body: text })),
    keys: hostile.flatMap((text, id) => [
      { key: text, type: 'string', value: text },
      { key: `${text} list`, type: 'list', value: [text] },
      { key: `${text} hash`, type: 'hash', value: { [text]: text } },
      {
        key: `q:job:${id}`,
        type: 'hash',
        value: { type: text, data: JSON.stringify(text), error: text },
      },
      { key: `q:${text}`, type: 'list', value: [] },
    ]),
  };
  const wild: Finding = {
    ...finding,
    message: everywhere,
    next: everywhere,
    expected: everywhere,
    seen: everywhere.replaceAll('a', 'b'),
  };
  const more = { lesson: { title: everywhere }, advice: hostile };
  const text = page(gradedLesson(source(everywhere), wild, seen, more));
  const allowed =
    /^(a|article|b|body|br|caption|code|dd|details|div|dl|dt|footer|h[123]|head|header|html|i|li|main|mark|meta|nav|ol|p|pre|rect|samp|section|span|strong|style|summary|svg|table|tbody|td|th|thead|time|title|tr|ul)$/;
  const attributes =
    /^(aria-hidden|aria-label|aria-labelledby|charset|class|content|datetime|height|href|http-equiv|id|lang|name|open|preserveAspectRatio|role|scope|tabindex|viewBox|width|x|y)$/;
  for (const [, name = '', rest = ''] of text.matchAll(/<\/?([a-z][^\s>/]*)([^>]*)>/gi)) {
    assert.match(name, allowed);
    for (const [, attribute = ''] of rest.matchAll(/([^\s="]+)(?:="[^"]*")?/g)) {
      if (attribute !== '/') assert.match(attribute, attributes);
    }
  }
  assert.equal(text.match(/<h1/g)?.length, 1);
  assert.equal(text.match(/<style/g)?.length, 1);
  assert.doesNotMatch(text, /<!--|\]\]>/);
  assert.doesNotMatch(
    text,
    /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\u2028\ud800-\udfff]/,
  );
  assert.match(text, /<span class="sign">&lt;U\+202E&gt;<\/span>/);
});

test('the page is complete in itself: it loads nothing, and its own policy forbids it', () => {
  const text = page(gradedLesson(source("fetch('http://a.b')\n"), finding, evidence()));
  const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
  assert.doesNotMatch(text, /\s(?:src|srcset|action|background|poster|data|style|on\w+)=/i);
  assert.doesNotMatch(text, /<(?:script|link|img|iframe|object|embed|base|form)\b/i);
  assert.doesNotMatch(style, /url\(|@import|https?:|expression\(/i);
  for (const [, href = ''] of text.matchAll(/href="([^"]*)"/g)) assert.match(href, /^#[\w-]+$/);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  assert.equal(
    policy,
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
});

test('every link of the page leads somewhere, and no two places have one name', () => {
  const text = page(gradedLesson(source('one\ntwo\n'), finding, evidence()));
  const ids = Array.from(text.matchAll(/ id="([^"]*)"/g), ([, id]) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, target] of text.matchAll(/href="#([^"]*)"/g))
    assert.ok(ids.includes(target), target);
  for (const [, target] of text.matchAll(/aria-labelledby="([^"]*)"/g)) {
    assert.ok(ids.includes(target), target);
  }
});

test('what is far too long is cut, and the cut is told', () => {
  const long = 'x'.repeat(1_000_000);
  const seen = evidence({
    output: Array.from({ length: 5000 }, () => ({
      program: 'p',
      stream: 'stdout' as const,
      text: long.slice(0, 5000),
      at: 0,
    })),
    wire: Array.from({ length: 5000 }, (_, at) => sent('p', at, ['SET', 'k', long.slice(0, 5000)])),
    keys: Array.from({ length: 5000 }, (_, id) => ({ key: `k${id}`, type: 'string', value: long })),
  });
  const told = { ...finding, expected: `${long}1`, seen: `${long}2` };
  const text = page(
    gradedLesson(source(`${`${long}\n`.repeat(3)}${'y\n'.repeat(5000)}`), told, seen),
  );
  assert.ok(text.length < 2_000_000, `${text.length}`);
  assert.match(text, /<mark>1<\/mark>/);
  assert.match(text, /998000 characters more/);
  assert.match(text, /4801 lines more/);
  assert.match(text, /480\d steps are left out here/);
  assert.match(text, /3503 lines more/);
});

test('a template escapes texts, and leaves markup as it is', () => {
  const text = html`<p title="${'"<\x00'}">${['<a>', html`<b>${'&'}</b>`, undefined, 3]}</p>`.text;
  assert.equal(text, '<p title="&quot;&lt;␀">&lt;a&gt;<b>&amp;</b>3</p>');
  assert.equal(shown('\x1b\r').text, '<span class="sign">ESC</span><span class="sign">CR</span>');
  assert.equal(shown('a\u200b<').text, 'a<span class="sign">&lt;U+200B&gt;</span>&lt;');
});

test('code is told apart by what it is, over line ends too', () => {
  const lines = ['const a = `x', 'y` /* b', 'c */ + 1; // "d"'];
  const found = tokens(lines);
  assert.deepEqual(
    found.map((line) => line.map(({ text }) => text).join('')),
    lines,
  );
  const kinds = found.flat().flatMap(({ text, kind }) => (kind ? [`${kind} ${text.trim()}`] : []));
  assert.deepEqual(kinds, [
    'keyword const',
    'string `x',
    'string y`',
    'comment /* b',
    'comment c */',
    'numeral 1',
    'comment // "d"',
  ]);
});

test('Redis has its lane in the middle; prints stand together, waits are told', () => {
  const printed = (text: string, at: number) => ({
    program: 'pub',
    stream: 'stdout' as const,
    text,
    at,
  });
  const { lanes, rows } = lanesOf(
    timelineOf(
      evidence({
        wire: [
          sent('pub', 100, ['PUBLISH', 'c', 'm'], '1'),
          { program: 'sub', connection: 1, at: 101, command: [], reply: '1) message\n2) c\n3) m' },
        ],
        output: [printed('one', 1000), printed('two', 1001)],
        http: [{ program: 'pub', at: 1002, request: 'GET /', status: 200, body: 'ok' }],
      }),
    ).events,
  );
  assert.deepEqual(
    lanes.map(({ name }) => name),
    ['the workbook', 'pub', 'Redis', 'sub'],
  );
  assert.deepEqual(rows, [
    { at: 0, kind: 'command', text: 'PUBLISH c m', from: 1, to: 2, reply: '1' },
    { at: 1, kind: 'message', text: 'm on c', from: 2, to: 3 },
    { pause: 899 },
    { at: 900, kind: 'output', text: 'one\ntwo', from: 1, to: 1 },
    { at: 902, kind: 'http', text: 'GET /', from: 0, to: 1, reply: '200  ok' },
  ]);
});

test('a file that is gone, or no text, does not stop the report', () => {
  const gone = gradedLesson(path.join(folder, 'gone.ts'), undefined, evidence(), {
    name: 'gone.ts',
  });
  assert.match(page(gone), /could not be read again/);
  const file = path.join(folder, 'dump.rdb');
  writeFileSync(file, Buffer.from([82, 0, 255]));
  const binary = gradedLesson(file, undefined, evidence(), { name: 'dump.rdb' });
  assert.match(page(binary), /A binary file of 3 bytes/);
});

test.run();
