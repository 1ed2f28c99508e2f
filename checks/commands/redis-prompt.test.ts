import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { redisPrompt } from '../../runner/commands/redis/prompt';
import { completeCommand } from '../../runner/commands/redis/prompt-words';
import { findRedis, installedServer } from '../../runner/redis/find';
import type { RedisInstance, RedisSource } from '../../runner/redis/instance';
import { splitCommandLine } from '../../runner/redis/protocol/command-line';
import { replyText } from '../../runner/redis/protocol/reply-text';
import { RedisReplyError, SimpleString } from '../../runner/redis/protocol/resp';
import { readRdb } from '../../runner/redis/rdb/reader';
import { privateServer } from '../../runner/redis/server/private-server';
import { urlRedis } from '../../runner/redis/url/source';
import { howToInstall } from '../support/installed';
import { ask, freePort } from '../support/redis-probe';
import { suite } from '../support/suite';

const test = suite('redis-prompt');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const rdb = path.join(folder, 'dump.rdb');
process.env.XDG_STATE_HOME = folder;

test.after(() => rmSync(folder, { recursive: true }));
test.before.each(() => rmSync(rdb, { force: true }));

/** A prompt at its two streams; as a terminal it takes keys. */
function openPrompt(source: RedisSource, isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode() {} });
  const output = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  let seen = '';
  let from = 0;
  output.setEncoding('utf8');
  output.on('data', (chunk: string) => {
    seen += chunk;
    output.emit('seen');
  });
  const ended = redisPrompt(source, { rdb, input, output });
  return {
    input,
    ended,
    text: () => seen,
    /** Waits until this is shown behind what was waited for before. */
    async until(text: string): Promise<void> {
      while (seen.indexOf(text, from) < 0) {
        await new Promise((resolve) => output.once('seen', resolve));
      }
      from = seen.indexOf(text, from) + text.length;
    },
  };
}

/** Lines in, replies out, as through a pipe. */
async function pipe(source: RedisSource, ...lines: string[]): Promise<string[]> {
  const prompt = openPrompt(source, false);
  prompt.input.end(lines.map((line) => `${line}\n`).join(''));
  await prompt.ended;
  return prompt.text().split('\n').slice(0, -1);
}

test('a line is split as redis-cli does', () => {
  const words = (line: string) => splitCommandLine(line).map((word) => word.toString('latin1'));
  assert.deepEqual(words('  set  a\tb '), ['set', 'a', 'b']);
  assert.deepEqual(words(''), []);
  assert.deepEqual(words('"a b" \'c "d"\' ""'), ['a b', 'c "d"', '']);
  assert.deepEqual(words('"\\x41\\xff\\n\\t\\q\\"" \'it\\\'s \\n\''), ['A\xff\n\tq"', "it's \\n"]);
  assert.deepEqual(splitCommandLine('é')[0], Buffer.from('é'));
  for (const wrong of ['"a', "'a", '"a"b', "'a'b", '"a\\', "'a\\'"]) {
    assert.throws(() => splitCommandLine(wrong), { message: 'Invalid argument(s)' }, wrong);
  }
});

test('a reply is shown as redis-cli does', () => {
  assert.equal(replyText(Buffer.from('a"b\\\n\x01é')), '"a\\"b\\\\\\n\\x01\\xc3\\xa9"');
  assert.equal(replyText(new SimpleString('OK')), 'OK');
  assert.equal(replyText(new RedisReplyError('ERR no')), '(error) ERR no');
  assert.equal(replyText([]), '(empty array)');
  const ten = Array.from({ length: 10 }, () => null);
  assert.equal(replyText([1, [2n, []], ten]).split('\n')[3], '3)  1) (nil)');
});

test('Tab completes a command in the case in which it was begun', () => {
  assert.deepEqual(completeCommand('hget'), [['hget ', 'hgetall '], 'hget']);
  assert.deepEqual(completeCommand('SUBS'), [['SUBSCRIBE '], 'SUBS']);
  assert.deepEqual(completeCommand('get k'), [[], 'get k']);
});

test('the embedded Redis serves the prompt as well', async () => {
  const source = await findRedis({ offline: true });
  const lines = ['set Holberton School', 'get Holberton', 'get none', 'save'];
  assert.deepEqual(await pipe(source, ...lines), ['OK', '"School"', '(nil)', 'OK']);
  assert.deepEqual(
    readRdb(readFileSync(rdb)).map(({ key }) => key.toString()),
    ['Holberton'],
  );
});

async function serverTests() {
  const installed = await installedServer();
  if (!installed) {
    return test.skip('the prompt at a redis-server', howToInstall('redis-server'));
  }
  const source = privateServer(installed.executable, installed.version);

  test('through a pipe it prints the replies and nothing else', async () => {
    const replies = await pipe(
      source,
      'SET n 1',
      '',
      'INCR n',
      'no such',
      '"open',
      'LPUSH l a b',
      'LRANGE l 0 -1',
    );
    assert.deepEqual(replies, [
      'OK',
      '(integer) 2',
      "(error) ERR unknown command 'no', with args beginning with: 'such' ",
      'Invalid argument(s)',
      '(integer) 2',
      '1) "b"',
      '2) "a"',
    ]);
  });

  test('it shows what redis-cli shows', async () => {
    const lines = [
      "EVAL \"return {1,{2,{},{'x',{}}},redis.status_reply('fine'),false}\" 0",
      'EVAL "local t = {} for i = 1, 11 do t[i] = {i, {i}} end return t" 0',
      'SET k "\\x00\\xff\\"q\\"\\r\\n\\a"',
      'GET k',
      'HSET k a b',
      'MULTI',
      'SET a 1',
      'EXEC',
      'TYPE a',
      'EXEC',
    ];
    const redis = await source.open();
    assert.ok('path' in redis.address);
    const cli = promisify(execFile)('redis-cli', ['-s', redis.address.path, '--no-raw']);
    cli.child.stdin?.end(lines.map((line) => `${line}\n`).join(''));
    const expected = (await cli).stdout;
    await redis.close();
    assert.equal(`${(await pipe(source, ...lines)).join('\n')}\n`, expected);
  });

  test('it starts from the file, and only SAVE writes it', async () => {
    await pipe(source, 'SET kept 1', 'SAVE', 'SET lost 1');
    assert.deepEqual(await pipe(source, 'KEYS *'), ['1) "kept"']);
    await pipe(source, 'SET lost 1', 'exit', 'SAVE');
    assert.deepEqual(await pipe(source, 'KEYS *'), ['1) "kept"']);
  });

  test('at a terminal it names the Redis, prompts, and says where SAVE wrote', async () => {
    const prompt = openPrompt(source, true);
    await prompt.until(`Redis ${installed.version}`);
    await prompt.until('127.0.0.1:6379> ');
    prompt.input.write('SET a 1\r');
    await prompt.until('OK\n');
    prompt.input.write('select 2\r');
    await prompt.until('127.0.0.1:6379[2]> ');
    prompt.input.write('multi\r');
    await prompt.until('127.0.0.1:6379[2](TX)> ');
    prompt.input.write('discard\rsave\r');
    await prompt.until('The data is in ');
    assert.ok(existsSync(rdb));
    prompt.input.write('exit\r');
    await prompt.ended;
  });

  test('Tab and the arrow up work', async () => {
    const prompt = openPrompt(source, true);
    await prompt.until('> ');
    prompt.input.write('hgeta\t');
    await prompt.until('hgetall ');
    prompt.input.write('k\r');
    await prompt.until('(empty array)');
    prompt.input.write('\x1b[A\r');
    await prompt.until('(empty array)');
    prompt.input.write('\x04');
    await prompt.ended;
  });

  test('Ctrl-C ends what waits, keeps the database, and leaves when nothing does', async () => {
    let redis: RedisInstance | undefined;
    const open: RedisSource['open'] = async (options) => {
      redis = await source.open(options);
      return redis;
    };
    const prompt = openPrompt({ ...source, open }, true);
    await prompt.until('> ');
    prompt.input.write('select 1\r');
    await prompt.until('[1]> ');
    prompt.input.write('blpop q 0\r');
    while (!(redis && /blocked_clients:1/.test(String(await ask(redis, ['INFO', 'clients'])))));
    prompt.input.write('\x03');
    await prompt.until('[1]> ');
    prompt.input.write('subscribe news\r');
    await prompt.until('3) (integer) 1');
    prompt.input.write('\x03');
    await prompt.until('[1]> ');
    prompt.input.write('ping\r');
    await prompt.until('PONG');
    await prompt.until('[1]> ');
    prompt.input.write('\x03');
    await prompt.ended;
  });

  test('Ctrl-D leaves even while a command waits', async () => {
    const prompt = openPrompt(source, true);
    await prompt.until('> ');
    prompt.input.write('monitor\r');
    await prompt.until('OK');
    prompt.input.write('\x04');
    await prompt.ended;
  });

  test('when Redis ends, one sentence says so', async () => {
    const [sentence, ...more] = await pipe(source, 'SHUTDOWN NOSAVE', 'GET a');
    assert.match(sentence ?? '', /^Redis has ended/);
    assert.deepEqual(more, []);
    assert.match(
      (await pipe(source, 'CLIENT KILL TYPE normal SKIPME no', 'PING', 'PING')).join(),
      /new one.*again.,PONG/,
    );
  });

  test("in the learner's own Redis it stays in its database", async () => {
    const port = await freePort();
    const own = await source.open({ port });
    await ask(own, ['SET', 'dear', '1']);
    const shared = await urlRedis(`redis://127.0.0.1:${port}`);
    const replies = await pipe(
      shared,
      'KEYS *',
      'SET a 1',
      'FLUSHALL',
      'SELECT 0',
      'SAVE',
      'DBSIZE',
    );
    assert.deepEqual(replies.slice(0, 2), ['(empty array)', 'OK']);
    for (const refused of replies.slice(2, 5)) assert.match(refused, /^[A-Z]+ would reach beyond/);
    assert.equal(replies[5], '(integer) 1');
    assert.match(String(await ask(own, ['INFO', 'keyspace'])), /^# Keyspace\s+db0:keys=1,\S+\s+$/);
    await own.close();
  });
}

serverTests().then(() => test.run());
