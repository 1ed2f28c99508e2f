import assert from 'node:assert/strict';
import { junitReport } from '../../runner/report/junit';
import { asGithubReads } from '../support/github-runner';
import { evidence, gradedLesson, hostile } from '../support/graded-lesson';
import { expectJunit } from '../support/junit-schema';
import { suite } from '../support/suite';
import { type Element, parseXml } from '../support/xml';

const test = suite('junit');

const redis = { kind: 'embedded', version: '7.0.15' } as const;
const finding = {
  class: 'wrong-output',
  message: 'It prints “Replay: OK”.',
  next: 'Print “Reply: OK”.',
  expected: 'Reply: OK',
  seen: 'Replay: OK',
  line: 3,
} as const;

const all = (root: Element, name: string): Element[] =>
  root.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);

test('a suite for each lesson, a case for each file, a failure with what it takes to act on it', async () => {
  const output = [
    { program: 'p', stream: 'stdout' as const, text: 'Replay: OK', at: 1 },
    { program: 'p', stream: 'stderr' as const, text: 'oh', at: 2 },
    { program: 'p', stream: 'stderr' as const, text: '    at f (/x/node_modules/y.js)', at: 2 },
  ];
  const failed = gradedLesson('/x/1-redis_op.ts', finding, evidence({ output }), {
    advice: ['An old client.'],
  });
  const passed = gradedLesson('/x/1-redis_op.ts', undefined, evidence(), { lesson: { number: 3 } });
  const source = junitReport(redis, [failed, passed], new Date(0));
  await expectJunit(source);
  const root = parseXml(source);
  assert.deepEqual(root.attributes, {
    name: 'queuing-workbook',
    tests: '2',
    failures: '1',
    errors: '0',
    time: '0.624',
  });
  const [one, other] = all(root, 'testsuite');
  assert.equal(one?.attributes.name, '02 Basic operations');
  assert.equal(one?.attributes.timestamp, '1970-01-01T00:00:00.000Z');
  assert.equal(other?.attributes.failures, '0');
  const [property] = all(root, 'property');
  assert.deepEqual(property?.attributes, { name: 'redis', value: 'embedded 7.0.15' });
  assert.ok(all(root, 'property').some(({ attributes }) => attributes.value === 'An old client.'));
  const held = all(root, 'property').find(({ attributes }) => attributes.name === 'isolation');
  assert.equal(held?.attributes.value, 'guard');
  const [testcase, good] = all(root, 'testcase');
  assert.deepEqual(testcase?.attributes, {
    classname: 'basic-operations',
    name: '1-redis_op.ts',
    time: '0.312',
  });
  assert.deepEqual(good?.children, []);
  const [failure] = all(root, 'failure');
  assert.deepEqual(failure?.attributes, { type: 'wrong-output', message: finding.message });
  assert.equal(
    failure?.text,
    `${finding.message}\nLine: 3\n\nExpected:\nReply: OK\n\nSeen:\nReplay: OK\n\nNext: ${finding.next}`,
  );
  assert.equal(all(root, 'system-out')[0]?.text, 'p: Replay: OK');
  assert.equal(all(root, 'system-err')[0]?.text, 'p: oh');
});

test('a missing file is a failure too', async () => {
  const missing = gradedLesson('', undefined, evidence(), { name: '1-redis_op' });
  const none = { class: 'missing-file', message: 'There is no file.', next: 'Write it.' } as const;
  missing.files = [];
  missing.verdict = { ...missing.verdict, verdict: 'missing', finding: none, parts: [] };
  const source = junitReport(redis, [missing], new Date(0));
  await expectJunit(source);
  const root = parseXml(source);
  assert.equal(root.attributes.failures, '1');
  assert.equal(all(root, 'failure')[0]?.attributes.type, 'missing-file');
});

test('whatever a program wrote, the file is well-formed, and holds no character that XML forbids', async () => {
  const commands = '\n::error::forged\n##[error]forged\n:::a::b';
  const everywhere = `${hostile.join('\n')}\uffff\ufffe\u{1f600}${commands}`;
  const wild = { ...finding, message: everywhere, next: everywhere, seen: everywhere };
  const output = hostile.map((text) => ({ program: text, stream: 'stdout' as const, text, at: 0 }));
  const graded = gradedLesson('/x/1-redis_op.ts', wild, evidence({ output }), {
    lesson: { title: everywhere },
    advice: hostile,
    name: everywhere,
  });
  const source = junitReport(redis, [graded], new Date(0));
  assert.deepEqual(asGithubReads(source).obeyed, []);
  await expectJunit(source);
  const root = parseXml(source);
  const text = all(root, 'failure')[0]?.text ?? '';
  assert.ok(text.includes('<script>window.harmed=1</script>'));
  assert.ok(text.includes(']]><b>'));
  assert.ok(text.includes('\u{1f600}'));
  assert.ok(text.includes('\ufffd lone'));
  assert.ok(text.includes(commands));
  assert.deepEqual(
    root.children.map(({ name }) => name),
    ['testsuite'],
  );
});

test('an attribute, an element or an order that the schema does not know is told', async () => {
  const source = junitReport(
    redis,
    [gradedLesson('/x/1-redis_op.ts', finding, evidence())],
    new Date(0),
  );
  const [unknown, unnamed, late, open] = [
    source.replace('tests=', 'tries='),
    source.replace(' name="1-redis_op.ts"', ''),
    source.replace('<failure ', '<system-err>oh</system-err><failure '),
    source.replace('</testsuites>', ''),
  ];
  await assert.rejects(expectJunit(unknown), /'tries'.* is not allowed/);
  await assert.rejects(expectJunit(unnamed), /'name' is required/);
  await assert.rejects(expectJunit(late), /'failure'.* not expected/);
  await assert.rejects(expectJunit(open), /Premature end/);
});

test.run();
