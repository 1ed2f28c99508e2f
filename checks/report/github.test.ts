import assert from 'node:assert/strict';
import { marked } from 'marked';
import { githubAnnotations, unobeyed, withoutCommands } from '../../runner/report/github-commands';
import { githubSummary } from '../../runner/report/github-summary';
import { asGithubReads } from '../support/github-runner';
import { evidence, gradedLesson, hostile } from '../support/graded-lesson';
import { suite } from '../support/suite';

const test = suite('github');

const finding = {
  class: 'wrong-output',
  message: 'It prints “Replay: OK”.',
  next: 'Print “Reply: OK”.',
  line: 3,
} as const;

const commands = [
  '::error file=x,line=1::forged',
  '  ::set-output name=score::100',
  'words ##[error]forged',
  '##[set-env name=PATH;]/x',
  '\n::add-mask::a\r::warning::b',
  '%0A::error::c%25',
  'a:b,c=d',
];
const wild = [...hostile, ...commands];

test('an error at the file’s line, with a path below the repository’s top', () => {
  const graded = gradedLesson('/top/work/1-redis_op.ts', finding, evidence());
  const { obeyed, shown } = asGithubReads(githubAnnotations([graded], '/top').join('\n'));
  assert.deepEqual(obeyed, [
    {
      name: 'error',
      properties: {
        file: 'work/1-redis_op.ts',
        line: '3',
        title: '2 Basic operations: wrong output',
      },
      message: 'It prints “Replay: OK”.\nPrint “Reply: OK”.',
    },
  ]);
  assert.deepEqual(shown, []);
  assert.deepEqual(githubAnnotations([gradedLesson('/x', undefined, evidence())], '/'), []);
});

test('a file elsewhere, or missing, is an error without a place; no folder of the machine is named', () => {
  const says = {
    ...finding,
    message: 'It failed in /home/me/work/1-redis_op.ts, in /home/me/work.',
  };
  const elsewhere = gradedLesson('/home/me/work/1-redis_op.ts', says, evidence());
  const missing = { ...gradedLesson('', finding, evidence()), files: [] };
  for (const one of [elsewhere, missing]) {
    const [line = ''] = githubAnnotations([one], '/top');
    assert.match(line, /^::error title=[^,]*::/);
    assert.ok(!line.includes('/home'));
  }
});

test('whatever a text holds, it is one error, and it holds it', () => {
  for (const text of wild) {
    const graded = gradedLesson(`/top/${text.replaceAll('/', '')}`, finding, evidence(), {
      name: text.replaceAll('/', ''),
      lesson: { title: text },
    });
    const [part] = graded.verdict.parts;
    if (part) part.finding = { ...finding, message: text };
    const { obeyed, shown } = asGithubReads(githubAnnotations([graded], '/top').join('\n'));
    assert.deepEqual(shown, []);
    assert.deepEqual(
      obeyed.map(({ name, properties }) => [name, Object.keys(properties)]),
      [['error', ['file', 'line', 'title']]],
    );
  }
  for (const text of commands) {
    const [line = ''] = githubAnnotations(
      [gradedLesson('/x', { ...finding, message: text }, evidence())],
      '/top',
    );
    assert.ok(asGithubReads(line).obeyed[0]?.message.startsWith(text));
  }
});

test('between the two lines the runner obeys nothing, and no two runs have the same', () => {
  const { begin, end } = unobeyed();
  const output = [begin, ...commands, end, '::error::ours'].join('\n');
  assert.deepEqual(
    asGithubReads(output).obeyed.map(({ message }) => message),
    ['ours'],
  );
  assert.ok(asGithubReads(commands.join('\n')).obeyed.length >= 6, 'they are commands');
  assert.notEqual(unobeyed().end, end);
});

test('a text without commands is one that the runner only shows', () => {
  const text = commands.join('\n');
  assert.deepEqual(asGithubReads(withoutCommands(text)).obeyed, []);
  assert.equal(withoutCommands('a: b::c'), 'a: b::c');
});

test('a summary is one table, of whose text nothing is Markdown or HTML', () => {
  const markdown = [
    ...wild,
    '| a | b |',
    '[x](javascript:1) ![y](http://example.com/y.png) <http://example.com> www.example.com',
    '# head\n\n---\n- [ ] list\n```\ncode\n```',
    '**b** _i_ `c` ~~s~~ <b>x</b> [^1] $x$ :smile: \\| \\',
  ];
  const graded = markdown.map((text) =>
    gradedLesson('/top/1-redis_op.ts', { ...finding, message: text, next: text }, evidence(), {
      name: text,
      lesson: { title: text },
    }),
  );
  const summary = githubSummary(graded, 1e6);
  assert.ok(summary.startsWith(`### 0 of ${markdown.length} files passed\n`));
  const page = marked.parse(summary, { async: false, gfm: true });
  const tags = new Set(Array.from(page.matchAll(/<\/?([a-z0-9]+)[^>]*>/gi), ([, tag]) => tag));
  assert.deepEqual([...tags].sort(), ['h3', 'table', 'tbody', 'td', 'th', 'thead', 'tr']);
  assert.equal(page.match(/<tr>/g)?.length, markdown.length + 1);
  assert.equal(page.match(/<td>/g)?.length, markdown.length * 5);
  assert.ok(page.includes('**b** _i_ `c` ~~s~~ &lt;b&gt;x&lt;/b&gt;'));
});

test('a summary keeps to its room, and counts what did not fit', () => {
  const text = '\u{1f600}<'.repeat(2000);
  const graded = Array.from({ length: 400 }, () =>
    gradedLesson('/x', { ...finding, message: text, next: text }, evidence()),
  );
  const room = 1024 * 1024;
  const summary = githubSummary(graded, room);
  assert.ok(Buffer.byteLength(summary) <= room);
  const rows = summary.match(/^\| ❌/gm)?.length ?? 0;
  assert.ok(rows > 100);
  assert.ok(summary.endsWith(`\n${400 - rows} files more.\n`));
  assert.equal(githubSummary(graded, 20), '');
});

test.run();
