import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { WireEntry } from '../../runner/grading/verdict';
import { keys } from '../../runner/report/html/keys';
import { showQueueLibraries } from '../../runner/report/queue-libraries';
import { keysLeft } from '../../runner/report/terminal/keys-left';
import { describeScreen } from '../../runner/report/terminal/screen';
import { timeline } from '../../runner/report/terminal/timeline';
import { type Presentation, presentationsOf } from '../../runner/vocabulary/presentation';
import { suite } from '../support/suite';

const test = suite('queue-libraries');

/** A queue library that no course teaches: jobs are hashes, ids are not numbers. */
const ropes: Presentation = {
  library: 'ropes',
  isUsedIn: (wire) => wire.some(({ command }) => command[1]?.startsWith('rope:')),
  isHousekeeping: ([name]) => name === 'EVALSHA',
  isOwnKey: (key) => key.startsWith('rope:meta'),
  jobIn: ({ key, value }) =>
    key.startsWith('rope:job:') && typeof value === 'object' && !Array.isArray(value)
      ? {
          id: key.slice('rope:job:'.length),
          type: value.name ?? '',
          state: 'completed',
          phase: 'complete',
          data: undefined,
          progress: undefined,
          error: undefined,
        }
      : undefined,
  eventText: (message) => (message.startsWith('!') ? `job ${message.slice(1)}: tied` : undefined),
  replyName: ([name]) => (name === 'HGETALL' ? '(a rope)' : undefined),
};

const screen = describeScreen({ columns: 80, rows: 24 }, {});
const sent = (at: number, command: string[], reply: string): WireEntry => ({
  program: 'worker',
  connection: 1,
  at,
  command,
  reply,
  repliedAt: at + 1,
});

test.before.each(() => showQueueLibraries(() => [ropes]));
test.after(() => showQueueLibraries(() => []));

test('a second library’s commands and events are shown in its words', () => {
  const wire = [
    sent(1, ['EVALSHA', 'abc', 'rope:job:a'], '1'),
    sent(2, ['HGETALL', 'rope:job:a'], '1) name'),
    sent(3, ['PUBLISH', 'ropes', '!a'], '(integer) 0'),
  ];
  const text = timeline({ wire, output: [], http: [], keys: [] }, screen).join('\n');
  assert.match(text, /HGETALL rope:job:a {2}→ \(a rope\)/);
  assert.match(text, /PUBLISH ropes \(job a: tied\)/);
  assert.match(text, /1 commands with which ropes keeps its books/);
  assert.doesNotMatch(text, /EVALSHA/);
});

test('its jobs stand as jobs by their ids, its own keys in one line', () => {
  const left = [
    { key: 'rope:job:bb', type: 'hash', value: { name: 'mail' } },
    { key: 'rope:job:a', type: 'hash', value: { name: 'mail' } },
    { key: 'rope:meta', type: 'string', value: '1' },
    { key: 'mine', type: 'string', value: '2' },
  ];
  const text = keysLeft(left, screen).join('\n');
  assert.match(text, /jobs of ropes 2\n +a +mail +completed\n +bb +mail +completed/);
  assert.match(text, /string 1\n +mine {2}2/);
  assert.match(text, /ropes keeps its books in one key more: rope:meta/);
  const page = keys(left)?.text ?? '';
  assert.match(page, /Jobs of ropes.*<span class="state complete">completed/s);
});

test('a course without a queue library shows commands and keys as they are', () => {
  showQueueLibraries(() => presentationsOf(['redis', 'http', 'testing']));
  const job = { key: 'q:job:1', type: 'hash', value: { type: 'mail' } };
  assert.match(keysLeft([job], screen).join('\n'), /hash 1\n +q:job:1/);
  const wire = [sent(1, ['INCRBY', 'q:stats:work-time', '1'], '(integer) 1')];
  const text = timeline({ wire, output: [], http: [], keys: [] }, screen).join('\n');
  assert.match(text, /INCRBY q:stats:work-time 1/);
});

test('reports know no queue library by its name or its keys', () => {
  const folder = path.join(__dirname, '../../runner/report');
  const knowing = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => /\bkue\b|\bq:|bull/i.test(readFileSync(path.join(folder, name), 'utf8')));
  assert.deepEqual(knowing, []);
});

test.run();
