import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Command } from '../../runner/redis/connection';
import { installedServer } from '../../runner/redis/find';
import type { RedisInstance } from '../../runner/redis/instance';
import { privateServer } from '../../runner/redis/server/private-server';
import { urlRedis } from '../../runner/redis/url/source';
import { howToInstall } from '../support/installed';
import { ask, errorReport, freePort, startScript } from '../support/redis-probe';
import { suite } from '../support/suite';

const test = suite('url', { needs: ['redis-server'] });

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const claims = path.join(folder, 'queuing-workbook', 'claims');
process.env.XDG_STATE_HOME = folder;
process.env.LOCALAPPDATA = folder;

test.after(() => rmSync(folder, { recursive: true }));

async function urlTests() {
  const installed = await installedServer();
  if (!installed) {
    return test.skip('a Redis of one’s own', howToInstall('redis-server'));
  }
  const source = privateServer(installed.executable, installed.version);
  let own: RedisInstance;
  let url = '';
  const key = 'of the learner';
  const fill = (...dbs: number[]): Command[] =>
    dbs.flatMap((db) => [
      ['SELECT', String(db)],
      ['SET', key, 'dear'],
    ]);
  const numbers = (count: number) => Array.from({ length: count }, (_, db) => db);
  const dbOf = (redis: RedisInstance) => Number(redis.preamble.at(-1)?.[1]);
  /** How many keys each database has. */
  const sizes = () =>
    ask(own, ...numbers(16).flatMap((db) => [['SELECT', String(db)], ['DBSIZE']])).then((replies) =>
      replies.filter((_, at) => at % 2 === 1),
    );

  test.before.each(async () => {
    const port = await freePort();
    own = await source.open({ port });
    url = `redis://127.0.0.1:${port}`;
  });
  test.after.each(() => own.close());

  test('instances get an empty database each, and give it back empty', async () => {
    await ask(own, ...fill(0, 2, 15));
    const before = await sizes();
    const redis = await urlRedis(url);
    assert.deepEqual([redis.kind, redis.version], ['url', source.version]);
    const open = await Promise.all([redis.open(), redis.open(), redis.open()]);
    assert.equal(new Set(open.map(dbOf)).size, 3);
    for (const instance of open) {
      assert.equal(instance.shared, true);
      assert.deepEqual(await ask(instance, ['KEYS', '*']), [[]]);
      await ask(instance, ['SET', 'a', '1'], ['LPUSH', 'b', '2']);
    }
    await Promise.all(open.map((instance) => instance.close()));
    await open[0]?.close();
    assert.deepEqual(await sizes(), before);
    assert.equal(existsSync(claims), false);
  });

  test('two runs never get the same database', async () => {
    const [one, two] = await Promise.all([urlRedis(url), urlRedis(url)]);
    const open = await Promise.all(numbers(14).map((at) => (at % 2 ? one : two).open()));
    assert.equal(new Set(open.map(dbOf)).size, 14);
    await Promise.all(open.map((instance) => instance.close()));
  });

  test('one that finds all databases taken by its own run waits for the next', async () => {
    await ask(own, ...fill(...numbers(15)));
    const redis = await urlRedis(url);
    const first = await redis.open();
    const second = redis.open();
    await first.close();
    assert.equal(dbOf(await second), 15);
    await (await second).close();
  });

  test('without an empty database it says so and touches nothing', async () => {
    await ask(own, ...fill(...numbers(16)));
    assert.match(await errorReport(urlRedis(url)), /no empty database/);
    assert.deepEqual(await sizes(), Array(16).fill(1));
  });

  test('a database in the URL is the only one that is used', async () => {
    await ask(own, ...fill(3));
    assert.match(await errorReport(urlRedis(`${url}/3`)), /Database 3 .* not empty/);
    assert.match(await errorReport(urlRedis(`${url}/99`)), /Database 99 .* not there/);
    const redis = await urlRedis(`${url}/4`);
    const first = await redis.open();
    assert.equal(dbOf(first), 4);
    await ask(first, ['SET', 'a', '1']);
    const second = redis.open();
    await first.close();
    assert.deepEqual(await ask(await second, ['DBSIZE']), [0]);
    await (await second).close();
  });

  test('passwords and users', async () => {
    await ask(own, ['CONFIG', 'SET', 'requirepass', 'p@ss:w/rd']);
    const at = url.slice('redis://'.length);
    assert.match(await errorReport(urlRedis(url)), /asks for a password/);
    const wrong = await errorReport(urlRedis(`redis://:secret@${at}`));
    assert.match(wrong, /does not accept this password/);
    assert.doesNotMatch(wrong, /secret/);
    const redis = await (await urlRedis(`redis://:p%40ss%3Aw%2Frd@${at}`)).open();
    assert.deepEqual(await ask(redis, ['DBSIZE']), [0]);
    await redis.close();
  });

  test('a needless password is named', async () => {
    const needless = urlRedis(url.replace('//', '//:secret@'));
    assert.match(await errorReport(needless), /has no password/);
  });

  test('a user who may do little is enough', async () => {
    const rights = ['+@all', '-config', '-info', '-client', '-flushdb', '-flushall'];
    await ask(own, ['ACL', 'SETUSER', 'ann', 'on', '>pw', '~*', '&*', ...rights], ...fill(15));
    const redis = await (await urlRedis(url.replace('//', '//ann:pw@'))).open();
    await ask(redis, ['SET', 'a', '1']);
    await redis.close();
    assert.deepEqual(await sizes(), [...Array(15).fill(0), 1]);
  });

  test('a database is given back empty even after the server dropped the connection', async () => {
    const redis = await (await urlRedis(url)).open();
    await ask(redis, ['SET', 'a', '1'], ['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
    await redis.close();
    assert.deepEqual(await sizes(), Array(16).fill(0));
  });

  test('closing is quiet where the server is gone', async () => {
    const redis = await (await urlRedis(url)).open();
    await own.close();
    await redis.close();
    for (const name of readdirSync(claims)) rmSync(path.join(claims, name));
  });

  /** A run that is killed in the middle. */
  async function killedRun(): Promise<number> {
    const { child, ended, line } = await startScript(
      folder,
      `
      const redis = await (await load('url/source').urlRedis(${JSON.stringify(url)})).open();
      const connection = await load('connection').openConnection(redis);
      await connection.send('SET', 'left', 'behind');
      console.log(redis.preamble.at(-1)[1]);`,
    );
    child.kill('SIGKILL');
    await ended;
    assert.equal(readdirSync(claims).length, 1);
    return Number(line);
  }

  test('what a killed run left is removed at the next start', async () => {
    const db = await killedRun();
    assert.equal((await sizes())[db], 1);
    await urlRedis(url);
    assert.deepEqual(await sizes(), Array(16).fill(0));
    assert.equal(existsSync(claims), false);
  });

  test('but not what the learner has put there since', async () => {
    const db = await killedRun();
    for (const name of readdirSync(claims)) utimesSync(path.join(claims, name), 0, 0);
    await ask(own, ...fill(db));
    await urlRedis(url);
    assert.equal((await sizes())[db], 2);
    assert.equal(existsSync(claims), false);
  });

  test('a server that cannot be used is one sentence', async () => {
    const nobody = await freePort();
    assert.match(await errorReport(urlRedis(`redis://127.0.0.1:${nobody}`)), /refused/);
    assert.match(await errorReport(urlRedis(`rediss://127.0.0.1:${nobody}`)), /refused/);
    assert.match(
      await errorReport(urlRedis(url.replace('redis:', 'rediss:'), 100)),
      /redis:\/\/ if it has no TLS/,
    );
    assert.match(
      await errorReport(urlRedis('redis://no-such-host.invalid')),
      /no host named|does not answer/,
    );
    const wrong = await errorReport(urlRedis('http://:secret@localhost'));
    assert.match(wrong, /is not the URL of a Redis/);
    assert.doesNotMatch(wrong, /secret/);
    for (const text of ['', 'redis://', 'redis://h/x', '127.0.0.1:6379']) {
      assert.match(await errorReport(urlRedis(text)), /is not the URL of a Redis/);
    }
    const web = http.createServer().listen(0, '127.0.0.1');
    await once(web, 'listening');
    assert.match(
      await errorReport(urlRedis(`redis://127.0.0.1:${(web.address() as net.AddressInfo).port}`)),
      /not a Redis/,
    );
    web.close();
    const silent = net
      .createServer((socket) => socket.on('error', () => {}))
      .listen(0, '127.0.0.1');
    await once(silent, 'listening');
    assert.match(
      await errorReport(
        urlRedis(`redis://127.0.0.1:${(silent.address() as net.AddressInfo).port}`, 100),
      ),
      /does not answer/,
    );
    silent.close();
    const redis = await urlRedis(url);
    assert.match(await errorReport(redis.open({ rdb: path.join(folder, 'x.rdb') })), /your own/);
  });
}

urlTests().then(() => test.run());
