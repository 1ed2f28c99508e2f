import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadCatalogue } from '../../runner/course/catalogue';
import { gradeLesson } from '../../runner/course/grading';
import { placeOf } from '../../runner/grading/explain/finding-line';
import { Source } from '../../runner/grading/source/requirements';
import type { FailureClass } from '../../runner/grading/verdict';
import { findRedis } from '../../runner/redis/find';
import { suite } from '../support/suite';

/*
 * A failure shows the line of the learner's file that it comes from: what printed the wrong line,
 * sent the wrong command, gave the wrong answer. No line is better than a wrong one.
 */

const test = suite('place');
const lessons = path.join(__dirname, '../../lessons/queuing');
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

interface Row {
  class: FailureClass;
  message: string;
  expected?: string;
  seen?: string;
  /** What stands on the line that is shown; absent where there is to be none. */
  line?: RegExp;
}

/** Mistakes of the course, by file. */
const rows: Record<string, Row> = {
  '02-basic-operations/cases/wrong/replay-for-reply.ts': {
    class: 'wrong-output',
    message: 'Expected “Reply: OK”, but the program printed “Replay: OK”.',
    expected: 'School\nReply: OK',
    seen: 'School\nReplay: OK',
    line: /console\.log\(`Replay: /,
  },
  '02-basic-operations/cases/wrong/prints-key-for-value.ts': {
    class: 'wrong-output',
    message: 'The program prints the name of the key, not its value.',
    expected: 'Redis client connected to the server\nSchool',
    seen: 'Redis client connected to the server\nHolberton',
    line: /console\.log\(schoolName\)/,
  },
  '02-basic-operations/cases/wrong/last-call-missing.ts': {
    class: 'wrong-output',
    message: 'The line “100” is missing: nothing came after “Reply: OK”.',
    expected: 'School\nReply: OK\n100',
    seen: 'School\nReply: OK',
  },
  '04-advanced-operations/cases/wrong/field-in-lower-case.ts': {
    class: 'wrong-data',
    message: 'The hash “HolbertonSchools” has a field “new york” where “New York” is asked for.',
    line: /'new york'/,
  },
  '05-publisher-subscriber/cases/wrong/publishes-elsewhere.ts': {
    class: 'wrong-command',
    message:
      'Redis never got “PUBLISH "holberton school channel" hello”; it got “PUBLISH "holberton school" hello”.',
    line: /publish\('holberton school'/,
  },
  '05-publisher-subscriber/cases/wrong/never-subscribes.ts': {
    class: 'wrong-command',
    message: 'Redis never got the command “SUBSCRIBE "holberton school channel"”.',
  },
  '08-progress-creator/cases/wrong/missing-progress-listener.ts': {
    class: 'wrong-output',
    message:
      'When a job makes progress, the program does not print “Notification job 96 0% complete”: nothing listens for “progress”.',
  },
  '10-job-function/cases/wrong/capital-array.ts': {
    class: 'wrong-output',
    message:
      "createPushNotificationsJobs('Hello', queue) throws “Jobs is not an Array” where “Jobs is not an array” is asked for.",
    line: /throw new Error\('Jobs is not an Array'\)/,
  },
  '12-in-stock/cases/wrong/quantity-as-text.ts': {
    class: 'wrong-answer',
    message:
      'GET /list_products/1 shows “currentQuantity” as the text "4"; the task asks for the number 4.',
    line: /app\.get\('\/list_products\/:itemId'/,
  },
  '12-in-stock/cases/wrong/wrong-port.ts': {
    class: 'wrong-port',
    message: 'The server listens on port 1254; the task asks for 1245.',
    line: /app\.listen\(1254\)/,
  },
  '13-seats/cases/wrong/reservations-are-blocked.ts': {
    class: 'wrong-answer',
    message:
      'GET /reserve_seat should give "Reservation are blocked" for “status”, and gives "Reservations are blocked".',
    expected: '{"status":"Reservation are blocked"}',
    seen: '{"status":"Reservations are blocked"}',
    line: /'Reservations are blocked'/,
  },
  '13-seats/cases/wrong/another-queue.ts': {
    class: 'wrong-data',
    message:
      'No job of the type “reserve_seat” is in the queue; there is one of the type “reserve_seats”.',
    line: /create\('reserve_seats'/,
  },
};

for (const [file, { line, ...finding }] of Object.entries(rows)) {
  test(`${file}: ${line ?? 'no line'}`, () => {
    const where = path.join(lessons, file);
    const place = placeOf(new Source(where), { ...finding, next: '' });
    if (!line) return assert.equal(place, undefined);
    assert.match(readFileSync(where, 'utf8').split('\n')[(place ?? 0) - 1] ?? '', line);
  });
}

/** Where in a text a printed line comes from. */
function printedAt(text: string, line: string): number | undefined {
  const file = path.join(folder, 'printed.ts');
  writeFileSync(file, text);
  const message = `The line “${line}” is one that the task does not ask for.`;
  return placeOf(new Source(file), { class: 'wrong-output', message, next: '' });
}

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
  const course = loadCatalogue();
  const lesson = course.find(({ number }) => number === 2);
  assert.ok(lesson);
  const redis = await findRedis({ offline: true });
  const { verdict } = await gradeLesson({ lesson, lessons: course, folder, redis });
  assert.equal(verdict.finding?.class, 'wrong-output');
  const line = readFileSync(own, 'utf8').split('\n')[(verdict.finding?.line ?? 0) - 1];
  assert.match(line ?? '', /Replay/);
});

test.run();
