import assert from 'node:assert/strict';
import { queueAt } from '../../runner/page/client/queue/queue-state';
import { advanced, played, stoppedAt } from '../../runner/page/client/wire/playback';
import { countAt, faultAt, logOf, type Row } from '../../runner/page/client/wire/run-log';
import { stepFrom } from '../../runner/page/client/wire/steps';
import { scrolledTo, visibleRows } from '../../runner/page/client/wire/visible-rows';
import type { WireEvent } from '../../runner/page/protocol';
import { suite } from '../support/suite';

/* What the lanes and the queue of the page are drawn from, without a page. */

const test = suite('lanes of the page');

const event = (id: number, at: number, parts: Partial<WireEvent>): WireEvent => ({
  id,
  at,
  program: 'worker',
  kind: 'command',
  text: `event ${id}`,
  bytes: 1,
  ...parts,
});

const shown = (rows: readonly Row[]) =>
  rows.map(({ at, kind, text, reply }) => [at, kind, text, reply]);

test('a reply stands with its command, and with its time', () => {
  const events = [
    event(0, 1, { text: 'GET a', about: ['key a'] }),
    event(1, 3, { kind: 'reply', of: 0, text: '"1"' }),
  ];
  const [row] = logOf(events).rows(false);
  assert.deepEqual([row?.reply, row?.repliedAt], ['"1"', 3]);
});

test('the answer to one who waits is a line of its own, at its time', () => {
  const events = [
    event(0, 1, { text: 'BLPOP a 0', waitsFor: ['a'], about: ['key a'] }),
    event(1, 2, { text: 'LPUSH a x', program: 'other' }),
    event(2, 3, { kind: 'reply', of: 0, text: '"a" "x"' }),
  ];
  assert.deepEqual(shown(logOf(events).rows(false)), [
    [1, 'command', 'BLPOP a 0', undefined],
    [2, 'command', 'LPUSH a x', undefined],
    [3, 'message', '"a" "x"', undefined],
  ]);
  assert.deepEqual(logOf(events).rows(false)[2]?.about, ['key a']);
});

test('what comes a little late is put in its place, and nothing twice', () => {
  const events = [event(0, 5, {}), event(1, 2, {}), event(1, 2, {}), event(2, 9, {})];
  const log = logOf(events);
  assert.deepEqual(
    log.rows(true).map(({ at }) => at),
    [2, 5, 9],
  );
  events.push(event(3, 7, {}));
  assert.equal(logOf(events), log);
  assert.deepEqual(
    log.rows(true).map(({ at }) => at),
    [2, 5, 7, 9],
  );
});

test('where a queue library is at work, its book-keeping gives way to what it tells of jobs', () => {
  const moves = [{ job: 'mail:1', to: 'active' as const }];
  const events = [
    event(0, 1, { text: 'INFO', housekeeping: true }),
    event(1, 2, { text: 'EVALSHA abc', housekeeping: true }),
    event(2, 4, {
      kind: 'reply',
      of: 1,
      text: '(integer) 0',
      tells: ['job 1: active'],
      about: ['job mail:1', 'key bull:mail:wait'],
      moves,
    }),
  ];
  const log = logOf(events);
  assert.deepEqual(shown(log.rows(false)), [[4, 'command', 'EVALSHA (job 1: active)', undefined]]);
  assert.deepEqual(log.rows(false)[0]?.about, ['job mail:1']);
  assert.deepEqual(
    log.rows(true).map(({ text }) => text),
    ['INFO', 'EVALSHA abc'],
  );
});

test('a moment has the lines up to it, and a fault the last of them', () => {
  const rows = logOf([event(0, 1, {}), event(1, 2, {}), event(2, 2, {}), event(3, 4, {})]).rows(
    true,
  );
  assert.deepEqual(
    [0, 1, 2, 3, 4, 9].map((time) => countAt(rows, time)),
    [0, 1, 3, 3, 4, 4],
  );
  assert.equal(faultAt(rows, 3)?.id, 2);
  assert.equal(faultAt(rows, undefined), undefined);
});

test('one goes from line to line of what is followed', () => {
  const about = (key: string) => ({ about: [`key ${key}`] });
  const rows = logOf([
    event(0, 1, about('a')),
    event(1, 2, about('b')),
    event(2, 3, about('a')),
  ]).rows(true);
  assert.equal(stepFrom(rows, 0, 1, undefined), 1);
  assert.equal(stepFrom(rows, 0, 1, 'key a'), 2);
  assert.equal(stepFrom(rows, 2, -1, 'key a'), 0);
  assert.equal(stepFrom(rows, 2, 1, 'key a'), undefined);
});

test('time goes as fast as is asked for, and ends with the run', () => {
  const span = { start: 100, end: 200 };
  const slow = { time: 100, isPlaying: true, rate: 1 / 10 } as const;
  assert.deepEqual(advanced(slow, 50, span, false), { ...slow, time: 105 });
  assert.deepEqual(advanced(slow, 5000, span, false), { ...slow, time: 200, isPlaying: false });
  assert.equal(advanced(slow, 5000, span, true).isPlaying, true, 'more may come');
  const atOnce = { ...slow, rate: Number.POSITIVE_INFINITY } as const;
  assert.equal(advanced(atOnce, 1, span, true).time, 200);
  const stopped = stoppedAt(slow, 150);
  assert.deepEqual(advanced(stopped, 50, span, true), stopped);
  assert.equal(played(stopped, span, false).time, 150);
  assert.deepEqual(played(stoppedAt(atOnce, 200), span, false), {
    time: 100,
    isPlaying: true,
    rate: 1,
  });
});

test('a window draws its own lines and a few around it', () => {
  const frame = { scrolled: 4000, height: 400, row: 40 };
  assert.deepEqual(visibleRows(5000, frame), { first: 96, end: 116 });
  assert.deepEqual(visibleRows(3, { ...frame, scrolled: 0 }), { first: 0, end: 3 });
  assert.deepEqual(visibleRows(0, frame), { first: 0, end: 0 });
  assert.equal(scrolledTo(99, frame), 3960);
  assert.equal(scrolledTo(105, frame), 4000);
  assert.equal(scrolledTo(110, frame), 4040);
});

test('what is heard of a job moves it nowhere once somebody has it in hand', () => {
  const events = [
    event(0, 1, { moves: [{ job: 'mail:1', to: 'waiting', state: 'waiting', heard: true }] }),
    event(1, 2, { moves: [{ job: 'mail:1', to: 'active', state: 'active' }] }),
    event(2, 3, { moves: [{ job: 'mail:1', to: 'waiting', state: 'waiting', heard: true }] }),
    event(3, 4, { moves: [{ job: 'mail:1', to: 'removed' }] }),
  ];
  const phases = [1, 2, 3, 4].map((time) => queueAt(events, time).jobs.map(({ phase }) => phase));
  assert.deepEqual(phases, [['waiting'], ['active'], ['active'], []]);
});

test.run();
