import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ConnectionLost, openConnection } from '../../runner/redis/connection';
import { findRedis, installedServer } from '../../runner/redis/find';
import { RedisReplyError, SimpleString } from '../../runner/redis/protocol/resp';
import { readRdb } from '../../runner/redis/rdb/reader';
import { writeRdb } from '../../runner/redis/rdb/writer';
import { privateServer } from '../../runner/redis/server/private-server';
import type { Reaper } from '../../runner/redis/temporary';
import { reachesBeyond } from '../../runner/redis/url/confined';
import { howToInstall } from '../support/installed';
import { ask, errorReport, freePort, isRunning, startScript } from '../support/redis-probe';
import { suite } from '../support/suite';

const test = suite('sources');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const inFolder = (name: string) => path.join(folder, name);

test.after(() => rmSync(folder, { recursive: true }));

test('--offline is the embedded Redis', async () => {
  assert.equal((await findRedis({ offline: true })).kind, 'embedded');
});

test('without a redis-server that runs it is the embedded one as well', async () => {
  const before = process.env.PATH;
  try {
    process.env.PATH = inFolder('bin');
    assert.equal((await findRedis()).kind, 'embedded');
    mkdirSync(inFolder('bin'));
    writeFileSync(inFolder('bin/redis-server'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    assert.equal((await findRedis()).kind, 'embedded');
  } finally {
    process.env.PATH = before;
  }
});

test('a redis-server is found though the runner is busy meanwhile, and a hanging one is none', async () => {
  const before = process.env.PATH;
  const server = (name: string, text: string) => {
    mkdirSync(inFolder(name));
    writeFileSync(inFolder(`${name}/redis-server`), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    process.env.PATH = `${inFolder(name)}${path.delimiter}${before}`;
  };
  try {
    server('quick', 'echo "Redis server v=7.0.15 sha=0"');
    const found = installedServer(100);
    const end = performance.now() + 500;
    while (performance.now() < end);
    assert.equal((await found)?.version, '7.0.15');
    server('hanging', 'exec sleep 60');
    assert.equal(await installedServer(100), undefined);
  } finally {
    process.env.PATH = before;
  }
});

test('commands that reach beyond one database are known', () => {
  const beyond = ['select 1', 'FLUSHALL', 'config set a b', 'copy a b db 1', 'script flush'];
  const within = [
    'flushdb',
    'GET a',
    'config get a',
    'copy a b',
    'script load x',
    'client setname x',
  ];
  assert.deepEqual(
    beyond.filter((line) => !reachesBeyond(line.split(' '))),
    [],
  );
  assert.deepEqual(
    within.filter((line) => reachesBeyond(line.split(' '))),
    [],
  );
});

async function privateTests() {
  const installed = await installedServer();
  if (!installed) {
    return test.skip('a private redis-server', howToInstall('redis-server'));
  }
  const source = (options?: Parameters<typeof privateServer>[2]) =>
    privateServer(installed.executable, installed.version, options);

  test('it is empty, its socket is for its owner only, and nothing is left of it', async () => {
    const told = { folder: '', group: 0 };
    let released = 0;
    const release = () => void released++;
    const reaper: Reaper = {
      marks: { MARK: 'ours' },
      folder(folder) {
        assert.equal(existsSync(folder), false);
        told.folder = folder;
        return release;
      },
      group(pid) {
        told.group = pid;
        return release;
      },
    };
    const redis = await source({ reaper }).open();
    assert.ok('path' in redis.address);
    assert.equal(statSync(redis.address.path).mode & 0o777, 0o700);
    assert.equal(path.dirname(redis.address.path), told.folder);
    assert.deepEqual(await ask(redis, ['DBSIZE'], ['CONFIG', 'GET', 'save']), [
      0,
      [Buffer.from('save'), Buffer.from('')],
    ]);
    await redis.close();
    await redis.close();
    assert.equal(existsSync(told.folder), false);
    assert.equal(isRunning(told.group), false);
    assert.equal(released, 2);
  });

  test('several keep their data apart', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => source().open()));
    const counts = await Promise.all(
      all.map((redis, at) => ask(redis, ['SET', `key${at}`, 'x'], ['DBSIZE'])),
    );
    assert.deepEqual(
      counts.map(([, size]) => size),
      Array(8).fill(1),
    );
    await Promise.all(all.map((redis) => redis.close()));
  });

  test('it listens on a port where asked to, and says when that is taken', async () => {
    const port = await freePort();
    const redis = await source().open({ port });
    assert.deepEqual(redis.address, { host: '127.0.0.1', port });
    assert.match(String(await ask(redis, ['PING'])), /PONG/);
    assert.match(await errorReport(source().open({ port })), /already in use/);
    await redis.close();
  });

  test('it starts from an RDB file and writes it on SAVE only', async () => {
    const rdb = inFolder('learner.rdb');
    const first = await source().open({ rdb });
    await ask(first, ['SET', 'saved', '1'], ['SAVE'], ['SET', 'unsaved', '1']);
    await first.close();
    assert.deepEqual(
      readRdb(readFileSync(rdb)).map(({ key }) => key.toString()),
      ['saved'],
    );
    const second = await source().open({ rdb });
    assert.deepEqual(await ask(second, ['KEYS', '*']), [[Buffer.from('saved')]]);
    await second.close();
  });

  test('an RDB file that it cannot load is a sentence', async () => {
    const rdb = inFolder('bad.rdb');
    const good = writeRdb([
      { db: 0, key: Buffer.from('k'), value: { type: 'string', value: Buffer.from('v') } },
    ]);
    const tell = (bytes: Buffer) => {
      writeFileSync(rdb, bytes);
      return errorReport(source().open({ rdb }));
    };
    assert.match(await tell(Buffer.from('REDIS0099\xff', 'latin1')), /version 99.*too old to read/);
    assert.match(await tell(good.subarray(0, 30)), /ends in the middle/);
    assert.match(await tell(Buffer.alloc(0)), /is empty/);
    assert.match(await tell(Buffer.from('hello\n')), /text file/);
    assert.match(await tell(Buffer.from(good.toString('latin1'))), /took it for text/);
    assert.match(
      await errorReport(source().open({ rdb: inFolder('no/such.rdb') })),
      /no such folder/,
    );
  });

  test('it ends with a runner that breaks down', async () => {
    const port = await freePort();
    const { child, ended, line } = await startScript(
      folder,
      `
      const { findRedis } = load('find');
      let place;
      const source = await findRedis({ reaper: { group: () => () => {}, folder: (name) => { place = name; return () => {}; } } });
      await source.open({ port: ${port} });
      process.on('SIGTERM', () => { throw new Error('broken'); });
      console.log(place);`,
    );
    const connection = await openConnection({ address: { host: '127.0.0.1', port }, preamble: [] });
    child.kill();
    assert.ok((await connection.ended) instanceof ConnectionLost);
    await ended;
    assert.equal(existsSync(line), false);
  });

  test('a reply is told by its kind, and a pending one ends with the connection', async () => {
    const redis = await source().open();
    const connection = await openConnection(redis);
    const big = 'x'.repeat(300_000);
    const replies = await connection.sendAll([
      ['SET', 'k', big],
      ['GET', 'k'],
      ['INCR', 'k'],
      ['SET', 'n', '9007199254740993'],
      ['INCR', 'n'],
      ['EVAL', "return {redis.status_reply('fine'), 'text', {}, 7, false}", '0'],
    ]);
    const [ok, text, refused, , large, nested] = replies;
    assert.ok(ok instanceof SimpleString && ok.text === 'OK');
    assert.equal(String(text), big);
    assert.ok(refused instanceof RedisReplyError && refused.code === 'ERR');
    assert.equal(large, 9007199254740994n);
    assert.deepEqual(nested, [new SimpleString('fine'), Buffer.from('text'), [], 7, null]);
    await assert.rejects(connection.send('NOSUCH'), RedisReplyError);
    const pending = connection.send('BLPOP', 'q', '0');
    await Promise.all([assert.rejects(pending, ConnectionLost), redis.close()]);
    await assert.rejects(connection.send('PING'), ConnectionLost);
    assert.ok((await connection.ended) instanceof ConnectionLost);
    await assert.rejects(openConnection(redis), ConnectionLost);
  });
}

privateTests().then(() => test.run());
