import assert from 'node:assert/strict';
import type { WireEntry } from '../../runner/grading/verdict';
import { showQueueLibraries } from '../../runner/report/queue-libraries';
import { keysLeft } from '../../runner/report/terminal/keys-left';
import { describeScreen } from '../../runner/report/terminal/screen';
import { timeline } from '../../runner/report/terminal/timeline';
import { presentationsOf } from '../../runner/vocabulary/presentation';
import { suite } from '../support/suite';

/** BullMQ's jobs and events in reports, as a run with a worker and QueueEvents leaves them. */
const test = suite('bullmq in reports');

const screen = describeScreen({ columns: 120, rows: 24 }, {});
const sent = (at: number, command: string[], reply?: string): WireEntry => ({
  program: 'worker',
  connection: 1,
  at,
  command,
  ...(reply === undefined ? {} : { reply, repliedAt: at + 1 }),
});
const keysOf = (...ends: string[]) => [
  String(ends.length),
  ...ends.map((end) => `bull:mail:${end}`),
];

const scripts = {
  add: keysOf('wait', 'paused', 'meta', 'id', 'completed', 'delayed', 'active', 'events', 'marker'),
  take: keysOf('wait', 'active', 'prioritized', 'events', 'stalled', 'meta', 'marker'),
  progress: keysOf('1', 'events', 'meta'),
  end: keysOf('wait', 'active', 'prioritized', 'events', 'meta', 'failed', '1', 'marker'),
  later: keysOf('marker', 'active', 'prioritized', 'delayed', '1', 'events', 'meta', 'wait'),
};

function shown(wire: readonly WireEntry[]): string {
  return timeline({ wire: [...wire], output: [], http: [], keys: [] }, screen).join('\n');
}

test.before.each(() => showQueueLibraries(() => presentationsOf(['redis', 'bullmq'])));
test.after(() => showQueueLibraries(() => []));

test('what its scripts do with jobs is told, and the rest is its own', () => {
  const text = shown([
    sent(1, ['CLIENT', 'SETINFO', 'LIB-NAME', 'ioredis'], '(error) ERR unknown subcommand'),
    sent(2, ['INFO'], '"# Server"'),
    sent(3, ['CLIENT', 'setname', 'bull:bWFpbA=='], 'OK'),
    sent(
      4,
      ['EVALSHA', 'a1', ...scripts.add, 'packed', '{"to":"Ann"}', 'opts'],
      '(error) NOSCRIPT No',
    ),
    sent(5, ['EVAL', '--[[\n Adds a job', ...scripts.add, 'packed', '{"to":"Ann"}', 'opts'], '"1"'),
    sent(6, ['HSET', 'bull:mail:meta', 'version', 'bullmq:6.7.0'], '(integer) 1'),
    sent(
      7,
      ['EVALSHA', 'b2', ...scripts.take, 'bull:mail:', '17', 'opts'],
      '1)  1) "name"\n    2) "send"\n2) "1"\n3) (integer) 0',
    ),
    sent(8, ['EVALSHA', 'c3', ...scripts.progress, '1', '50'], '(integer) 0'),
    sent(
      9,
      ['EVALSHA', 'd4', ...scripts.later, 'bull:mail:', '18', '1', 'token', '200', '0'],
      '(integer) 0',
    ),
    sent(
      10,
      ['EVALSHA', 'e5', ...scripts.end, '1', '19', 'failedReason', 'busy', 'failed', '1'],
      '1) (integer) 0',
    ),
    sent(11, ['BZPOPMIN', 'bull:mail:marker', '5']),
  ]);
  assert.match(text, /EVAL \(job 1: added {"to":"Ann"}\)/);
  assert.match(text, /EVALSHA \(job 1: active\)/);
  assert.match(text, /EVALSHA \(job 1: progress 50\)/);
  assert.match(text, /EVALSHA \(job 1: tried again in 200 ms\)/);
  assert.match(text, /EVALSHA \(job 1: failed busy\)/);
  assert.match(text, /6 commands with which BullMQ keeps its books/);
  assert.doesNotMatch(text, /SETINFO|setname|INFO|HSET|NOSCRIPT|BZPOPMIN|Adds a job/);
});

test('the events that come by its stream are events', () => {
  const reply = [
    '1) 1) "bull:mail:events"',
    '   2) 1) 1) "17-0"',
    '         2) 1) "event"',
    '            2) "failed"',
    '            3) "jobId"',
    '            4) "1"',
    '            5) "failedReason"',
    '            6) "Phone \\"1\\" \\xc3\\xa9"',
    '      2) 1) "17-1"',
    '         2) 1) "event"',
    '            2) "drained"',
    '      3) 1) "18-0"',
    '         2) 1) "event"',
    '            2) "completed"',
    '            3) "jobId"',
    '            4) "2"',
  ].join('\n');
  const text = shown([
    sent(1, ['XREAD', 'BLOCK', '10000', 'STREAMS', 'bull:mail:events', '$'], reply),
    sent(2, ['XREAD', 'BLOCK', '10000', 'STREAMS', 'bull:mail:events', '18-0']),
  ]);
  assert.match(text, /job 1: failed Phone "1" é on mail/);
  assert.match(text, /job 2: completed on mail/);
  assert.doesNotMatch(text, /XREAD|drained/);
});

test('a stream of the learner’s own is shown as it is', () => {
  const reply = '1) 1) "mine"\n   2) 1) 1) "1-0"\n         2) 1) "event"\n            2) "x"';
  assert.match(shown([sent(1, ['XREAD', 'STREAMS', 'mine', '0'], reply)]), /XREAD STREAMS mine 0/);
});

test('its jobs stand as jobs with their states, its own keys in one line', () => {
  const job = (id: string, fields: Record<string, string>) => ({
    key: `bull:mail:${id}`,
    type: 'hash',
    value: { name: 'send', data: '{"to":"Ann"}', opts: '{"attempts":2}', delay: '0', ...fields },
  });
  const text = keysLeft(
    [
      job('1', { ats: '1', atm: '1', finishedOn: '9', failedReason: 'busy' }),
      job('2', { ats: '2', atm: '2', finishedOn: '9', failedReason: 'busy', returnvalue: 'null' }),
      job('3', { ats: '1', processedOn: '9', progress: '50' }),
      job('4', { ats: '1', atm: '1', delay: '200', failedReason: 'busy' }),
      job('5', { ats: '1', stc: '1' }),
      { key: 'bull:mail:events', type: 'stream', value: '' },
      { key: 'bull:mail:id', type: 'string', value: '5' },
      { key: 'mine', type: 'string', value: '2' },
    ],
    screen,
  ).join('\n');
  assert.match(text, /jobs of BullMQ 5/);
  for (const [id, state] of ['failed', 'completed', 'active', 'delayed', 'waiting'].entries()) {
    assert.match(text, new RegExp(` ${id + 1} +mail: send +${state}`));
  }
  assert.match(text, /BullMQ keeps its books in 2 keys more: bull:mail:events, bull:mail:id/);
  assert.match(text, /mine {2}2/);
});

test.run();
