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
  'XADD stream 5-5 name one number 127',
  'XADD stream 5-6 name "\\x00\\xff" number -4097',
  'XADD stream 7-1 name 00 number 9223372036854775807',
  'XADD stream 8-0 other 9223372036854775808',
  'XADD stream 9-0 name -70000 number 9000000',
  'XADD stream 10-0 name -5000000000 number ""',
  `XADD stream 18446744073709551615-1 ${'n'.repeat(130)} ${'v'.repeat(5000)}`,
  ...Array.from({ length: 205 }, (_, at) => `XADD long ${at + 1} field ${at * 1000}`),
  'XDEL stream 5-5 9-0',
  'XTRIM long MAXLEN 150',
  'XGROUP CREATE stream group 0',
  'XREADGROUP GROUP group reader COUNT 2 STREAMS stream >',
  'XREADGROUP GROUP group other COUNT 1 STREAMS stream >',
  'XCLAIM stream group reader 0 7-1 TIME 1700000000000 RETRYCOUNT 300 JUSTID',
  'XGROUP CREATECONSUMER stream group idle',
  'XGROUP CREATE stream ahead $ ENTRIESREAD 3',
  'XGROUP CREATE nothing group 5 MKSTREAM',
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
  'XRANGE stream - +',
  'XREVRANGE long + - COUNT 3',
  'XINFO STREAM stream',
  'XINFO STREAM stream FULL',
  'XINFO STREAM long',
  'XINFO GROUPS stream',
  'XPENDING stream group',
  'XINFO STREAM nothing FULL',
];

/** Questions that change something: asked once of each. */
const LAST_QUESTIONS = ['XTRIM long MAXLEN ~ 120', 'XLEN long'];

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
        before.push(...(await ask(wire, LAST_QUESTIONS)));
      },
      { rdb },
    );
    await withRedis(
      async (wire) => {
        assert.equal(await ask(wire, [...QUESTIONS, ...LAST_QUESTIONS]), before);
        assert.is(await wire.ask('SELECT 3'), '+OK\r\n');
        assert.is(await wire.ask('GET elsewhere'), '$1\r\n3\r\n');
      },
      { rdb },
    );
    const real = await startRealRedis(rdb);
    if (!real) return console.log('redis-server is not on the PATH: the dump is read by us only.');
    try {
      const wire = await Wire.open(real.place);
      assert.equal(await ask(wire, [...QUESTIONS, ...LAST_QUESTIONS]), before);
      wire.close();
      assert.match(String(execFileSync('redis-check-rdb', [rdb])), /RDB looks OK/);
    } finally {
      await real.stop();
    }
    assert.equal(fs.readdirSync(folder), ['dump.rdb']);
  }),
);

dumps(
  'what a real Redis saves is read, streams with groups and consumers included',
  withFolder(async (folder) => {
    const rdb = path.join(folder, 'dump.rdb');
    const real = await startRealRedis();
    if (!real) return console.log('redis-server is not on the PATH: no dump of its own to read.');
    let before: string[] = [];
    try {
      const wire = await Wire.open(real.place);
      await ask(wire, KEYS);
      before = await ask(wire, QUESTIONS);
      assert.is(await wire.ask('SAVE'), '+OK\r\n');
      assert.ok('path' in real.place);
      fs.copyFileSync(path.join(path.dirname(real.place.path), 'dump.rdb'), rdb);
      before.push(...(await ask(wire, LAST_QUESTIONS)));
      wire.close();
    } finally {
      await real.stop();
    }
    await withRedis(
      async (wire) => assert.equal(await ask(wire, [...QUESTIONS, ...LAST_QUESTIONS]), before),
      { rdb },
    );
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
