import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gradeLesson } from '../../runner/course/grading';
import { findingLine } from '../../runner/grading/explain/finding-line';
import type { PlacedFinding } from '../../runner/grading/finding';
import { Source } from '../../runner/grading/source/requirements';
import { findRedis } from '../../runner/redis/find';
import { queuing } from '../support/queuing';
import { suite } from '../support/suite';
import { allTrials, textOf, trialName } from '../support/trial';

/*
 * A failure shows the line of the learner's file that it comes from: what printed the wrong line,
 * sent the wrong command, gave the wrong answer. No line is better than a wrong one.
 */

const test = suite('finding line');
const lessons = path.join(__dirname, '../../lessons/queuing');
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

/** What a check says of a mistake of the course, by file. */
interface Row extends Omit<PlacedFinding, 'message' | 'next' | 'line'> {
  /** What stands on the line that is shown; absent if there is to be none. */
  line?: RegExp;
}

const rows: Record<string, Row> = {
  '02-basic-operations/cases/wrong/replay-for-reply.ts': {
    class: 'wrong-output',
    at: [{ text: 'Replay: OK' }, { prints: 'Replay: OK' }],
    line: /console\.log\(`Replay: /,
  },
  '02-basic-operations/cases/wrong/prints-key-for-value.ts': {
    class: 'wrong-output',
    at: { prints: 'Holberton' },
    line: /console\.log\(schoolName\)/,
  },
  '02-basic-operations/cases/wrong/last-call-missing.ts': {
    class: 'wrong-output',
    at: { lacks: '100' },
  },
  '04-advanced-operations/cases/wrong/field-in-lower-case.ts': {
    class: 'wrong-data',
    at: { names: ['HolbertonSchools', 'new york', 'New York'] },
    line: /'new york'/,
  },
  '05-publisher-subscriber/cases/wrong/publishes-elsewhere.ts': {
    class: 'wrong-command',
    at: [
      { sends: ['PUBLISH', 'holberton school', 'hello'] },
      { sends: ['PUBLISH', 'holberton school channel', 'hello'] },
    ],
    line: /publish\('holberton school'/,
  },
  '05-publisher-subscriber/cases/wrong/never-subscribes.ts': {
    class: 'wrong-command',
    at: { sends: ['SUBSCRIBE', 'holberton school channel'] },
  },
  '08-progress-creator/cases/wrong/missing-progress-listener.ts': {
    class: 'wrong-output',
    at: { lacks: 'Notification job 96 0% complete' },
  },
  '10-job-function/cases/wrong/capital-array.ts': {
    class: 'wrong-output',
    at: { throws: 'Jobs is not an Array' },
    line: /throw new Error\('Jobs is not an Array'\)/,
  },
  '12-in-stock/cases/wrong/quantity-as-text.ts': {
    class: 'wrong-answer',
    at: { route: '/list_products/1' },
    line: /app\.get\('\/list_products\/:itemId'/,
  },
  '12-in-stock/cases/wrong/wrong-port.ts': {
    class: 'wrong-port',
    line: /app\.listen\(1254\)/,
  },
  '13-seats/cases/wrong/reservations-are-blocked.ts': {
    class: 'wrong-answer',
    at: { route: '/reserve_seat' },
    expected: '{"status":"Reservation are blocked"}',
    seen: '{"status":"Reservations are blocked"}',
    line: /'Reservations are blocked'/,
  },
  '13-seats/cases/wrong/another-queue.ts': {
    class: 'wrong-data',
    at: { names: ['reserve_seats'] },
    line: /create\('reserve_seats'/,
  },
};

for (const [file, { line, ...finding }] of Object.entries(rows)) {
  test(`${file}: ${line ?? 'no line'}`, () => {
    const trial = allTrials().find((one) => trialName(one) === file);
    assert.ok(trial, 'no such case');
    const text = textOf(trial);
    const where = path.join(folder, path.basename(file));
    writeFileSync(where, text);
    const found = findingLine(new Source(where), { ...finding, message: '', next: '' });
    if (!line) return assert.equal(found, undefined);
    assert.match(text.split('\n')[(found ?? 0) - 1] ?? '', line);
  });
}

/** Where in a file of this text something belongs. */
function lineIn(text: string, at: PlacedFinding['at']): number | undefined {
  const file = path.join(folder, 'program.ts');
  writeFileSync(file, text);
  return findingLine(new Source(file), { class: 'wrong-output', message: '', next: '', at });
}

/** Where in a text a printed line comes from. */
const printedAt = (text: string, line: string) => lineIn(text, { prints: line });

test('the first place that the file has is the one', () => {
  const text = "const data = 'one';\nqueue.create('two', data);\n";
  assert.equal(lineIn(text, [{ names: ['three'] }, { names: ['two'] }]), 2);
  assert.equal(lineIn(text, [{ calls: ['save'] }, { names: ['three'] }]), undefined);
});

test('a line that is given counts, whatever place stands beside it', () => {
  const file = path.join(folder, 'program.ts');
  writeFileSync(file, "const data = 'one';\n");
  const finding = { class: 'wrong-data', message: '', next: '', line: 7 } as const;
  assert.equal(findingLine(new Source(file), { ...finding, at: { names: ['one'] } }), 7);
});

test('a call that may be any of several is not named if it has to be the only one', () => {
  const twice = 'client.quit();\nclient.quit();\n';
  assert.equal(lineIn(twice, { calls: ['end', 'quit'] }), 1);
  assert.equal(lineIn(twice, { calls: ['end', 'quit'], only: true }), undefined);
});

test('what prints an error is not what is wrong', () => {
  const text = 'console.log(`TypeError: $\x7berror}`);\n';
  assert.equal(printedAt(text, 'TypeError: x is not a function'), undefined);
});

test('of a method that is not there, the call is the place', () => {
  const text = "client.hgetal('key');\n";
  assert.equal(lineIn(text, { throws: 'client.hgetal is not a function' }), 1);
});

test('a line put together from pieces is found by them', () => {
  const sum = "const job = 7;\nconsole.log('Notification job ' + job + ' done');\n";
  assert.equal(printedAt(sum, 'Notification job 7 done'), 2);
  const template =
    'console.log(`Notification $\x7b1}`);\nconsole.log(`Notification $\x7b2} is done`);\n';
  assert.equal(printedAt(template, 'Notification 2 is done'), 2);
  const text = "const text = 'Notification';\nconst more = 1;\nprocess.stdout.write(text);\n";
  assert.equal(printedAt(text, 'Notification'), 3);
});

test('where two could be meant, none is named', () => {
  const twice = 'console.log(one);\nconsole.log(other);\n';
  assert.equal(printedAt(twice, 'something else'), undefined);
});

test('a check tells the line with its verdict', async () => {
  const own = path.join(folder, '1-redis_op.ts');
  const mistake = path.join(lessons, '02-basic-operations/cases/wrong/replay-for-reply.ts');
  writeFileSync(own, readFileSync(mistake));
  const lesson = queuing.lessons.find(({ number }) => number === 2);
  assert.ok(lesson);
  const redis = await findRedis({ offline: true });
  const { verdict } = await gradeLesson({ lesson, course: queuing, folder, redis });
  assert.equal(verdict.finding?.class, 'wrong-output');
  const line = readFileSync(own, 'utf8').split('\n')[(verdict.finding?.line ?? 0) - 1];
  assert.match(line ?? '', /Replay/);
  const carried = Object.keys(verdict.finding ?? {}).sort();
  assert.deepEqual(carried, ['class', 'expected', 'line', 'message', 'next', 'seen']);
});

test.run();
