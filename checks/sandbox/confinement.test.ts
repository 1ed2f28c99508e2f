import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ProgramRun } from '../../runner/grading/program/program-run';
import { openConnection } from '../../runner/redis/connection';
import { installedServer } from '../../runner/redis/find';
import { encodeCommand } from '../../runner/redis/protocol/resp';
import { urlRedis } from '../../runner/redis/url/source';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { howToInstall } from '../support/installed';
import { type LearnersRedis, plain, withLearnersRedis } from '../support/learner-redis';
import { ownTemporaryFolder } from '../support/leftovers';
import { queuing } from '../support/queuing';
import { freePort } from '../support/redis-probe';
import { suite } from '../support/suite';

const test = suite('confinement', { needs: ['redis-server'] });

/*
 * A program on a Redis that is not the workbook's own gets one empty database of it, whatever it
 * sends; everything else in that server is afterwards what it was, byte for byte.
 */

const root = path.resolve(__dirname, '../..');
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'confinement-test-')));
process.env.XDG_STATE_HOME = path.join(folder, 'state');
process.env.LOCALAPPDATA = process.env.XDG_STATE_HOME;
const leftovers = ownTemporaryFolder();

test.after(() => {
  leftovers.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function withTheirs(play: (theirs: LearnersRedis) => Promise<void>): Promise<void> {
  await withLearnersRedis(await freePort(), play);
  await leftovers.none(false);
}

/** A program that sends raw bytes and prints all that it gets, as JSON text. */
const printer = path.join(folder, 'speaker.js');
writeFileSync(
  printer,
  `const socket = require('node:net').connect(6379);
   socket.write(Buffer.from(process.argv[2], 'base64'));
   let got = '';
   socket.on('data', (bytes) => { got += bytes.toString('latin1'); console.log(JSON.stringify(got)); });
   socket.on('close', () => console.log('closed'));`,
);

/** @returns what a program on their server is answered, each byte of it */
async function spoken(sandbox: Sandbox, bytes: Buffer, after?: () => Promise<void>) {
  const name = `speaker ${sandbox.programs.length}`;
  const args = [bytes.toString('base64')];
  const program = await sandbox.start({ name, file: printer, args });
  const running = new ProgramRun(sandbox, program, queuing);
  await running.waitUntilSettled();
  if (after) {
    await after();
    // Redis may write to a publisher before its subscribers, and to all of them before the next reply.
    await sandbox.connection.send('PING');
    await running.waitUntilSettled();
  }
  const text = program.output.findLast((line) => line.text.startsWith('"'))?.text ?? '""';
  return JSON.parse(text) as string;
}

async function answers(sandbox: Sandbox, ...commands: string[][]): Promise<string[]> {
  const text = await spoken(sandbox, Buffer.concat(commands.map((words) => encodeCommand(words))));
  return text.split('\r\n').slice(0, -1);
}

async function withProgram(play: (sandbox: Sandbox, theirs: LearnersRedis) => Promise<void>) {
  await withTheirs(async (theirs) => {
    const sandbox = await Sandbox.open(await urlRedis(theirs.url));
    try {
      await play(sandbox, theirs);
    } finally {
      await sandbox.close();
    }
  });
}

async function tests() {
  if (!(await installedServer())) {
    return test.skip('confinement', howToInstall('redis-server'));
  }

  test('what reaches beyond the one database is refused, in its place among the replies', () =>
    withProgram(async (sandbox) => {
      const refused = [
        ['SWAPDB', '0', '1'],
        ['MOVE', 'a', '0'],
        ['COPY', 'a', 'text', 'DB', '0', 'REPLACE'],
        ['copy', 'a', 'b', 'db', '3'],
        ['CONFIG', 'SET', 'maxmemory', '1'],
        ['Config', 'rewrite'],
        ['CONFIG', 'RESETSTAT'],
        ['SHUTDOWN', 'NOSAVE'],
        ['DEBUG', 'SEGFAULT'],
        ['SCRIPT', 'FLUSH'],
        ['SCRIPT', 'KILL'],
        ['FUNCTION', 'FLUSH'],
        ['CLIENT', 'KILL', 'TYPE', 'normal'],
        ['CLIENT', 'PAUSE', '100000'],
        ['CLIENT', 'REPLY', 'OFF'],
        ['CLIENT', 'TRACKING', 'ON', 'BCAST'],
        ['ACL', 'SETUSER', 'default', 'off'],
        ['REPLICAOF', '127.0.0.1', '1'],
        ['SAVE'],
        ['BGREWRITEAOF'],
        ['MONITOR'],
        ['SYNC'],
        ['RESET'],
        ['MIGRATE', '127.0.0.1', '1', 'a', '0', '1'],
        ['MODULE', 'LOAD', '/x'],
      ];
      const lines = await answers(
        sandbox,
        ...refused.flatMap((words, at) => [words, ['ECHO', `after ${at}`]]),
      );
      assert.equal(lines.length, 3 * refused.length);
      for (const [at, words] of refused.entries()) {
        assert.match(lines[3 * at] ?? '', /^-NOPERM [A-Z ]+ is not for programs/, words.join(' '));
        assert.equal(lines[3 * at + 2], `after ${at}`);
      }
    }));

  test('SELECT stays where it is, FLUSHALL empties that one database', () =>
    withProgram(async (sandbox) => {
      const lines = await answers(
        sandbox,
        ['SELECT', '0'],
        ['DBSIZE'],
        ['SET', 'text', 'of the program'],
        ['SELECT', '3'],
        ['GET', 'text'],
        ['SELECT', '16'],
        ['SELECT', 'x'],
        ['SELECT'],
        ['FLUSHALL', 'ASYNC'],
        ['DBSIZE'],
        ['FLUSHDB'],
      );
      assert.deepEqual(lines, [
        '+OK',
        ':0',
        '+OK',
        '+OK',
        '$14',
        'of the program',
        '-ERR DB index is out of range',
        '-ERR value is not an integer or out of range',
        "-ERR wrong number of arguments for 'select' command",
        '+OK',
        ':0',
        '+OK',
      ]);
    }));

  test('under RESP3 it is the same: pushes between the replies, channels and refusals', () =>
    withProgram(async (sandbox) => {
      const lines = await answers(
        sandbox,
        ['HELLO', '3'],
        ['SUBSCRIBE', 'news', 'more'],
        ['GET', 'text'],
        ['PUBLISH', 'news', 'told'],
        ['UNSUBSCRIBE', 'more'],
        ['PUBSUB', 'CHANNELS'],
        ['CONFIG', 'SET', 'maxmemory', '1'],
        ['HSET', 'message', 'news', '1'],
        ['HGETALL', 'message'],
        ['MULTI'],
        ['SELECT', '0'],
        ['EXEC'],
        ['UNSUBSCRIBE'],
        ['ECHO', 'last'],
      );
      const words = lines.filter((line) => !line.startsWith('$'));
      const hello = words.splice(0, 1 + 14);
      assert.equal(hello[0], '%7');
      assert.deepEqual(words, [
        ...['>3', 'subscribe', 'news', ':1', '>3', 'subscribe', 'more', ':2'],
        '_',
        ...['>3', 'message', 'news', 'told', ':1'],
        ...['>3', 'unsubscribe', 'more', ':1'],
        ...['*1', 'news'],
        '-NOPERM CONFIG SET is not for programs of the workbook on a Redis that is not its own',
        ...[':1', '%1', 'news', '1'],
        ...['+OK', '+QUEUED', '*1', '+OK'],
        ...['>3', 'unsubscribe', 'news', ':0'],
        'last',
      ]);
    }));

  test('inside MULTI the answers come with EXEC, in their places', () =>
    withProgram(async (sandbox) => {
      const lines = await answers(
        sandbox,
        ['MULTI'],
        ['SET', 'a', '1'],
        ['SELECT', '0'],
        ['CONFIG', 'SET', 'maxmemory', '1'],
        ['NOSUCH'],
        ['DISCARD'],
        ['MULTI'],
        ['SELECT', '0'],
        ['SET', 'text', 'mine'],
        ['SHUTDOWN'],
        ['FLUSHALL'],
        ['DBSIZE'],
        ['EXEC'],
        ['SELECT', '0'],
        ['PING'],
      );
      const refused = (name: string) =>
        `-NOPERM ${name} is not for programs of the workbook on a Redis that is not its own`;
      assert.deepEqual(lines.slice(0, 4), ['+OK', '+QUEUED', '+QUEUED', '+QUEUED']);
      assert.match(lines[4] ?? '', /^-ERR unknown command/);
      assert.deepEqual(lines.slice(5), [
        '+OK',
        ...['+OK', '+QUEUED', '+QUEUED', '+QUEUED', '+QUEUED', '+QUEUED'],
        ...['*5', '+OK', '+OK', refused('SHUTDOWN'), '+OK', ':0'],
        '+OK',
        '+PONG',
      ]);
    }));

  test('typed lines and split bytes are confined too; what is no command ends the connection', () =>
    withProgram(async (sandbox) => {
      const typed = await spoken(sandbox, Buffer.from('select 0\r\nflushall\n\r\nGET "text"\r\n'));
      assert.equal(typed, '+OK\r\n+OK\r\n$-1\r\n');
      const broken = await spoken(sandbox, Buffer.from('*2\r\n$x\r\nFLUSHALL\r\n'));
      assert.equal(broken, '-ERR Protocol error: invalid bulk length\r\n');
    }));

  test('scripts are kept inside, and known by the hash of what the program wrote', () =>
    withProgram(async (sandbox) => {
      const text = "return redis.call('GET', KEYS[1])";
      const sha = 'd3c21d0c2b9ca22f82737626a27bcaf5d288f99f';
      const lines = await answers(
        sandbox,
        ['SET', 'a', 'mine'],
        ['EVALSHA', sha, '1', 'a'],
        ['SCRIPT', 'LOAD', text],
        ['SCRIPT', 'EXISTS', sha, '0'.repeat(40)],
        ['EVALSHA', sha.toUpperCase(), '1', 'a'],
        ['EVAL', "redis.call('select', 0) return redis.call('get', 'text')", '0'],
        ['EVAL', "return redis.pcall('SwapDB', 0, 1)", '0'],
        ['EVAL', 'return server and 1 or 0', '0'],
        ['EVAL', 'return loadstring and 1 or 0', '0'],
        ['EVAL', 'return 1 +', '0'],
        ['EVAL', "redis.call('FLUSHALL') return redis.call('DBSIZE')", '0'],
        ['EVAL', "return redis.call('COPY', 'a', 'b', 'DB', 0)", '0'],
      );
      assert.deepEqual(lines.slice(0, 11), [
        '+OK',
        '-NOSCRIPT No matching script. Please use EVAL.',
        '$40',
        sha,
        '*2',
        ':1',
        ':0',
        '$4',
        'mine',
        '$-1',
        '-NOPERM SWAPDB is not for programs of the workbook on a Redis that is not its own',
      ]);
      assert.deepEqual(lines.slice(11, 13), [':1', ':0']);
      assert.match(lines[13] ?? '', /^-ERR Error compiling script.*user_script:1/);
      assert.equal(lines[14], ':0');
      assert.match(lines[15] ?? '', /^-.*NOPERM COPY/);
    }));

  test('channels are those of the check: nothing is heard outside, and nothing from there', () =>
    withProgram(async (sandbox, { redis }) => {
      const outside = await openConnection(redis);
      const heard: unknown[] = [];
      outside.listen(['PSUBSCRIBE', 'n*'], (reply) => heard.push(plain(reply)));
      const other = await openConnection(redis);
      const subscribes = Buffer.concat([
        encodeCommand(['SUBSCRIBE', 'news', 'more']),
        encodeCommand(['PSUBSCRIBE', 'n*']),
        encodeCommand(['UNSUBSCRIBE', 'more']),
      ]);
      const text = await spoken(sandbox, subscribes, async () => {
        assert.equal(await other.send('PUBLISH', 'news', 'from outside'), 1);
        assert.equal(await sandbox.connection.send('PUBLISH', 'news', 'from the check'), 2);
      });
      const bulk = (words: string[]) =>
        words.map((word) => `$${word.length}\r\n${word}\r\n`).join('');
      const confirmed = (kind: string, channel: string, count: number) =>
        `*3\r\n${bulk([kind, channel])}:${count}\r\n`;
      assert.equal(
        text,
        [
          confirmed('subscribe', 'news', 1),
          confirmed('subscribe', 'more', 2),
          confirmed('psubscribe', 'n*', 3),
          confirmed('unsubscribe', 'more', 2),
          `*3\r\n${bulk(['message', 'news', 'from the check'])}`,
          `*4\r\n${bulk(['pmessage', 'n*', 'news', 'from the check'])}`,
        ].join(''),
      );
      const lines = await answers(
        sandbox,
        ['PUBSUB', 'CHANNELS'],
        ['PUBSUB', 'NUMSUB', 'news'],
        ['PUBLISH', 'news', 'hello'],
      );
      assert.deepEqual(lines, ['*1', '$4', 'news', '*2', '$4', 'news', ':1', ':2']);
      await Promise.all([outside.close(), other.close()]);
      const messages = heard.filter((one) => Array.isArray(one) && one[0] === 'pmessage');
      assert.deepEqual(messages, [['pmessage', 'n*', 'news', 'from outside']]);
    }));

  test('two checks at once on one server hear nothing of each other', () =>
    withTheirs(async ({ url }) => {
      const source = await urlRedis(url);
      const both = await Promise.all([Sandbox.open(source), Sandbox.open(source)]);
      const [one, two] = both as [Sandbox, Sandbox];
      try {
        const heard = await spoken(one, encodeCommand(['SUBSCRIBE', 'q:events']), async () => {
          assert.equal(await two.connection.send('PUBLISH', 'q:events', 'x'), 0);
        });
        assert.doesNotMatch(heard, /message/);
      } finally {
        await Promise.all(both.map((sandbox) => sandbox.close()));
      }
    }));

  test('the journal holds what the program sent and got, not what the tap made of it', () =>
    withProgram(async (sandbox) => {
      await answers(sandbox, ['SELECT', '0'], ['FLUSHALL'], ['PUBLISH', 'news', 'x'], ['SHUTDOWN']);
      assert.deepEqual(
        sandbox.journal
          .commands('speaker 0')
          .map(({ words, reply }) => [words.join(' '), String(reply)]),
        [
          ['SELECT 0', 'OK'],
          ['FLUSHALL', 'OK'],
          ['PUBLISH news x', '0'],
          [
            'SHUTDOWN',
            'RedisReplyError: NOPERM SHUTDOWN is not for programs of the workbook on a Redis that is not its own',
          ],
        ],
      );
    }));

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    test(`their data is whole after ${signal} in the middle of a check, and after the next start`, () =>
      withTheirs(async ({ url, connection }) => {
        const dir = mkdtempSync(path.join(folder, 'dir-'));
        const sign = path.join(dir, 'sign');
        mkdirSync(path.join(dir, 'files'));
        writeFileSync(
          path.join(dir, 'files', '0-redis_client.js'),
          `import redis from 'redis';
           const client = redis.createClient();
           client.on('connect', () => console.log('Redis client connected to the server'));
           client.on('error', () => {});
           client.select(0); client.flushall(); client.swapdb(0, 3); client.config('SET', 'maxmemory', '1mb');
           client.set('text', 'of the program'); client.lpush('list', 'of the program');
           client.ping(() => { require('node:net').connect(${JSON.stringify(sign)}); setInterval(() => client.incr('n'), 1); });`,
        );
        const reached = net.createServer().listen(sign);
        const child = spawn(
          process.execPath,
          [
            path.join(root, 'runner/start.cjs'),
            ...['check', '1', '--redis', url, '--dir', path.join(dir, 'files')],
            // Behind walls no program reaches the socket by which it tells this test where it is.
            ...['--isolation', 'guard'],
          ],
          { stdio: 'ignore' },
        );
        const [socket] = await once(reached, 'connection');
        socket.on('error', () => {});
        const ended = once(child, 'exit');
        child.kill(signal);
        await ended;
        reached.close();
        // A server that was left full by a killed runner is cleaned by the next one.
        const source = await urlRedis(url);
        await (await source.open()).close();
        await connection.send('PING');
      }));
  }
}

tests().then(() => test.run());
