import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { EnvironmentError } from '../../../runner/redis/instance';
import { suite } from '../../support/suite';
import { startRealRedis } from './conformance/real';
import { encodeLine } from './conformance/scenario';
import { Wire } from './conformance/wire';
import { source, withRedis } from './conformance/with-redis';

const dumps = suite('embedded dumps');

const KEYS = [
  'SET Holberton School',
  'SET number 12345',
  'SET "bin\\x00\\xff" "\\x00\\xff\\r\\n"',
  'SET timed 1 PXAT 4102444800000',
  'HSET HolbertonSchools Portland 50 Seattle 80',
  'RPUSH list a b c',
  'SADD integers 3 1 2',
  'ZADD zset 1.5 one -inf low 3 three',
];
const QUESTIONS = [
  'GET Holberton',
  'GET number',
  'GET "bin\\x00\\xff"',
  'PEXPIRETIME timed',
  'HGETALL HolbertonSchools',
  'LRANGE list 0 -1',
  'SMEMBERS integers',
  'ZRANGE zset 0 -1 WITHSCORES',
  'DBSIZE',
];

async function ask(wire: Wire, lines: readonly string[]): Promise<string[]> {
  const replies: string[] = [];
  for (const line of lines) {
    wire.send(encodeLine(line));
    replies.push(await wire.reply());
  }
  return replies;
}

dumps(
  'SAVE writes what the next instance and a real Redis read',
  withFolder(async (folder) => {
    const rdb = path.join(folder, 'dump.rdb');
    let before: string[] = [];
    await withRedis(
      async (wire) => {
        await ask(wire, [...KEYS, 'SELECT 3', 'SET elsewhere 3', 'SELECT 0']);
        before = await ask(wire, QUESTIONS);
        assert.is(await wire.ask('SAVE'), '+OK\r\n');
      },
      { rdb },
    );
    await withRedis(
      async (wire) => {
        assert.equal(await ask(wire, QUESTIONS), before);
        assert.is(await wire.ask('SELECT 3'), '+OK\r\n');
        assert.is(await wire.ask('GET elsewhere'), '$1\r\n3\r\n');
      },
      { rdb },
    );
    const real = await startRealRedis(rdb);
    if (!real) return console.log('redis-server is not on the PATH: the dump is read by us only.');
    try {
      const wire = await Wire.open(real.place);
      assert.equal(await ask(wire, QUESTIONS), before);
      wire.close();
      assert.match(String(execFileSync('redis-check-rdb', [rdb])), /RDB looks OK/);
    } finally {
      await real.stop();
    }
    assert.equal(fs.readdirSync(folder), ['dump.rdb']);
  }),
);

dumps(
  'only SAVE, BGSAVE and SHUTDOWN write',
  withFolder(async (folder) => {
    const rdb = path.join(folder, 'dump.rdb');
    await withRedis(async (wire) => void (await wire.ask('SET a 1')), { rdb });
    assert.not.ok(fs.existsSync(rdb));
    await withRedis(
      async (wire) => {
        await wire.ask('SET a 1');
        wire.send('SHUTDOWN\r\n');
        await wire.ended();
      },
      { rdb },
    );
    assert.ok(fs.existsSync(rdb));
  }),
);

dumps(
  'a file that is no dump is named, and left alone',
  withFolder(async (folder) => {
    const rdb = path.join(folder, 'dump.rdb');
    fs.writeFileSync(rdb, 'not a dump');
    try {
      await source.open({ rdb });
      assert.unreachable('it was loaded');
    } catch (fault) {
      assert.instance(fault, EnvironmentError);
      assert.match((fault as Error).message, rdb);
    }
    assert.is(fs.readFileSync(rdb, 'utf8'), 'not a dump');
  }),
);

dumps.run();

function withFolder(run: (folder: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qw-check-'));
    try {
      await run(folder);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  };
}
