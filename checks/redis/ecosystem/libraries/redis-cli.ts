import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Redis from 'ioredis';
import type { Feature } from '../features';
import type { Server } from '../servers';
import { alike } from './transcripts';

/** A redis-cli against an empty server, started as often as a feature likes. */
export class RedisCli {
  readonly #running: ChildProcessWithoutNullStreams[] = [];

  constructor(readonly server: Server) {}

  static async within(server: Server, run: (cli: RedisCli) => Promise<void>): Promise<void> {
    const cli = new RedisCli(server);
    await cli.print(['FLUSHALL']);
    try {
      await run(cli);
    } finally {
      for (const child of cli.#running) child.kill();
    }
  }

  /** What it prints until it ends, its errors last: which of two streams is first read is chance. */
  async print(words: readonly string[], input = ''): Promise<string> {
    const child = this.#start(words);
    let printed = '';
    let errors = '';
    child.stdout.on('data', (text) => (printed += text));
    child.stderr.on('data', (text) => (errors += text));
    child.stdin.end(input);
    await once(child, 'close');
    return printed + errors;
  }

  /** Starts one that does not end by itself; it is ended with the feature. */
  follow(words: readonly string[]): Following {
    return new Following(this.#start(words));
  }

  #start(words: readonly string[]): ChildProcessWithoutNullStreams {
    const child = spawn('redis-cli', ['-p', String(this.server.port), ...words]);
    child.stdout.setEncoding('utf8');
    child.stderr.setEncoding('utf8');
    // It may end before it has read all of its input.
    child.stdin.on('error', () => {});
    this.#running.push(child);
    return child;
  }
}

/** What a redis-cli that goes on has printed so far. */
class Following {
  #printed = '';

  constructor(readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.on('data', (text) => (this.#printed += text));
  }

  /** All that was printed, as soon as it fits. */
  async until(fits: RegExp): Promise<string> {
    while (!fits.test(this.#printed)) await once(this.child.stdout, 'data');
    return this.#printed;
  }
}

const oneOfEach = [
  'SET text grüße',
  'RPUSH list x y',
  'SADD set m',
  'HSET hash f v',
  'ZADD zset 1.5 m',
  'XADD stream 1-1 a b',
].join('\n');

/** Replies of each type, an error among them. */
const questions = [
  'GET text',
  'GET none',
  'LRANGE list 0 -1',
  'LRANGE none 0 -1',
  'SMEMBERS set',
  'HGETALL hash',
  'ZSCORE zset m',
  'ZRANGE zset 0 -1 WITHSCORES',
  'XRANGE stream - +',
  'INCR list',
  'TYPE list',
  'EXISTS list',
  'NOSUCH a',
];

const forms = [
  ['plain', []],
  ['raw', ['--raw']],
  ['for a terminal', ['--no-raw']],
  ['--csv', ['--csv']],
  ['--json', ['--json']],
  ['-3', ['-3']],
  ['-3 for a terminal', ['-3', '--no-raw']],
] as const;

export const redisCli: readonly Feature<RedisCli>[] = [
  ...forms.map(([name, options]) =>
    alike<RedisCli>(`replies of each type, ${name}`, async (cli) => {
      await cli.print([], oneOfEach);
      const asked = questions.map((question) => cli.print([...options, ...question.split(' ')]));
      return Promise.all(asked);
    }),
  ),
  alike('commands come in on its input, a transaction too', (cli) =>
    cli.print([], 'SET a 1\nMULTI\nINCR a\nNOSUCH\nINCR a\nEXEC\nSELECT 2\nDBSIZE\n'),
  ),
  alike('-x takes the last word from its input', async (cli) => [
    await cli.print(['-x', 'SET', 'a'], 'two\nlines\n'),
    await cli.print(['GET', 'a']),
    await cli.print(['STRLEN', 'a']),
  ]),
  alike('-n chooses the database', async (cli) => [
    await cli.print(['-n', '3', 'SET', 'a', '1']),
    await cli.print(['-n', '3', 'DBSIZE']),
    await cli.print(['DBSIZE']),
    await cli.print(['-n', '99', 'DBSIZE']),
  ]),
  alike('-r repeats', (cli) => cli.print(['-r', '3', 'INCR', 'a'])),
  alike('--scan walks all keys, those of a pattern, and those of a type', async (cli) => {
    await cli.print([], oneOfEach);
    const numbered = Array.from({ length: 200 }, (_, at) => `SET n:${at} ${at}`);
    await cli.print([], numbered.join('\n'));
    const walks = [[], ['--pattern', 'n:*'], ['--pattern', '*st'], ['--count', '7']];
    const printed = walks.map((options) => cli.print(['--scan', ...options]));
    return (await Promise.all(printed)).map(sorted);
  }),
  alike('--bigkeys finds the biggest', async (cli) => {
    await cli.print([], oneOfEach);
    return summary(await cli.print(['--bigkeys']));
  }),
  alike('--memkeys finds what takes most memory, in our own measure', async (cli) => {
    await cli.print([], oneOfEach);
    const printed = summary(await cli.print(['--memkeys']));
    return printed.replace(/[\d.]+ bytes|avg size [\d.]+/g, 'so much');
  }),
  alike('--hotkeys is told that there is no measure', (cli) => cli.print(['--hotkeys'])),
  alike('--eval runs a file, with keys and arguments', async (cli) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'redis-cli-'));
    try {
      const [good, bad] = [path.join(folder, 'good.lua'), path.join(folder, 'bad.lua')];
      await writeFile(good, 'return {KEYS[1], KEYS[2], ARGV[1], #ARGV}');
      await writeFile(bad, "return redis.call('INCR', KEYS[1], 'more')");
      return [
        await cli.print(['--eval', good, 'one', 'two', ',', 'three']),
        await cli.print(['--eval', bad, 'one']),
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  }),
  alike('--pipe sends a file of commands, and counts errors', async (cli) => {
    const commands = Array.from({ length: 500 }, (_, at) => inline(['SET', `n:${at}`, `${at}`]));
    const printed = await cli.print(['--pipe'], [...commands, inline(['LLEN', 'n:1'])].join(''));
    return [printed, await cli.print(['DBSIZE'])];
  }),
  alike('--stat shows a line of figures', async (cli) => {
    await cli.print([], oneOfEach);
    const stat = cli.follow(['--stat', '-i', '0.01']);
    const [title, columns, line] = (await stat.until(/^\d.*\n/m)).split('\n');
    const [keys, memory, clients, blocked, requests] = (line ?? '').trim().split(/\s+/);
    assert.match(memory ?? '', /^[\d.]+[BKMG]$/);
    assert.ok(Number(clients) > 0 && Number(requests) > 0);
    return [title, columns, keys, blocked];
  }),
  alike('SUBSCRIBE prints what is published', async (cli) => {
    const heard = cli.follow(['SUBSCRIBE', 'news', 'more']);
    await heard.until(/more\n2\n/);
    await cli.print(['PUBLISH', 'news', 'hello']);
    return heard.until(/hello\n/);
  }),
  alike('MONITOR prints what is done', async (cli) => {
    const seen = cli.follow(['MONITOR']);
    await seen.until(/OK\n/);
    const redis = new Redis(cli.server.port, { enableReadyCheck: false, disableClientInfo: true });
    try {
      await redis.set('a', 'b\n"c"');
    } finally {
      redis.disconnect();
    }
    const printed = await seen.until(/"set".*\n/);
    return printed.replace(/^[\d.]+ \[(\d+) [\d.:]+\]/gm, '[$1]');
  }),
];

function sorted(printed: string): string[] {
  return printed.split('\n').sort();
}

/** The part that does not depend on the order of the keys. */
function summary(printed: string): string {
  const at = printed.indexOf('-------- summary');
  assert.notEqual(at, -1, printed);
  return printed.slice(at);
}

function inline(words: readonly string[]): string {
  const bulks = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${bulks.join('')}`;
}
