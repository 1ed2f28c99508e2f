import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { logLine } from '../../runner/class/event-log';
import { faultKindOf, GraderFault } from '../../runner/class/worker/fault-kind';
import type { WorkerEvent } from '../../runner/class/worker/worker-event';
import { EnvironmentError } from '../../runner/redis/instance';
import { suite } from '../support/suite';

/* What workers write for whoever is not there: a line of JSON each. */

const test = suite('event log');

/** What a reader of logs may count on. */
const line = v.object({
  time: v.pipe(v.string(), v.isoTimestamp()),
  level: v.picklist(['info', 'warn', 'error']),
  event: v.string(),
  worker: v.pipe(v.number(), v.integer()),
});

const failure = { job: 's1', attempt: 2, ms: 7, kind: 'disk', cause: 'No room.' } as const;

test.rows<[WorkerEvent, string]>(
  [
    [{ worker: 5, event: 'taken', job: 's1', attempt: 1 }, 'info'],
    [{ worker: 5, event: 'graded', job: 's1', attempt: 1, ms: 900, lessons: [] }, 'info'],
    [{ worker: 5, event: 'attempt failed', ...failure }, 'warn'],
    [{ worker: 5, event: 'fault', ...failure }, 'error'],
    [{ worker: 5, event: 'redis lost' }, 'warn'],
    [{ worker: 5, event: 'ended', code: 0, signal: null }, 'info'],
    [{ worker: 5, event: 'ended', code: null, signal: 'SIGKILL' }, 'warn'],
  ],
  ([{ event }, level]) => `“${event}” is a line of its own, ${level}`,
  ([event, level]) => {
    const text = logLine(event, new Date('2026-11-30T12:00:00Z'));
    assert.match(text, /^[^\n]+\n$/);
    const read: unknown = JSON.parse(text);
    assert.is(v.parse(line, read).level, level);
    assert.equal(read, { time: '2026-11-30T12:00:00.000Z', level, ...event });
  },
);

test('what a grading ended with is told by its kind, without reading the sentence', () => {
  const noRoom = Object.assign(new Error('no'), { code: 'ENOSPC' });
  assert.is(faultKindOf(noRoom), 'disk');
  assert.is(faultKindOf(new EnvironmentError('No.', 'Go.', { cause: noRoom })), 'disk');
  assert.is(faultKindOf(new EnvironmentError('No.', 'Go.')), 'machine');
  assert.is(faultKindOf(Object.assign(new Error('no'), { code: 'ENOMEM' })), 'memory');
  assert.is(faultKindOf(new GraderFault('no', 'redis')), 'redis');
  assert.is(faultKindOf(new TypeError('no')), 'workbook');
  assert.is(faultKindOf('no'), 'workbook');
});

test.run();
