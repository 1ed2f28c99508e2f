import { EventEmitter, once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { openConnection } from '../../runner/redis/connection';
import { embeddedRedis } from '../../runner/redis/embedded/server/source';
import { findRedis } from '../../runner/redis/find';
import type { RedisInstance } from '../../runner/redis/instance';
import { openWarmRedis } from '../../runner/redis/warm-redis';
import type { Program } from '../../runner/sandbox/process/program';
import { reaper } from '../../runner/sandbox/process/reaper';
import { placesFor, WarmPool } from '../../runner/sandbox/process/warm-pool';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { suite } from '../support/suite';

const test = suite('warm pool');

/** What checks ask for, and so what is opened beforehand. */
const usual = { keepsToItself: true };

/* A program that waited for its turn does just what a fresh one does, and sees what a fresh one sees. */

const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'spares-test-')));
test.after(() => rmSync(folder, { recursive: true, force: true }));

/** Tells all that a program can see of how it came to be; times, and the name of its home, apart. */
const mirror = `
import redis from 'redis';
import kue from 'kue';
const seen = (module, depth = 0) => [
  ' '.repeat(depth) + module.id + (module.loaded ? '' : ' …'),
  ...(depth > 2 ? [] : module.children.flatMap((child) => seen(child, depth + 1))),
];
console.log(JSON.stringify({
  argv: process.argv,
  execArgv: process.execArgv,
  env: process.env,
  cwd: process.cwd(),
  title: process.title,
  cache: Object.keys(require.cache).filter((file) => !file.endsWith('.cjs')),
  modules: seen(module),
  main: require.main === module,
  resources: process.getActiveResourcesInfo(),
  listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
  redis: Object.keys(redis.RedisClient.prototype).length,
  kue: typeof kue.createQueue,
}).replaceAll(process.env.HOME, '~'));
console.log(Date.now() - process.uptime() * 1000);
console.log(performance.timeOrigin);
console.log(performance.now() < 60_000);
`;

async function play(
  work: (sandbox: Sandbox, warmPool: WarmPool) => Promise<void>,
  warmPool = new WarmPool(),
): Promise<void> {
  const sandbox = await Sandbox.open(await findRedis({ offline: true, reaper }), {
    warmPool,
  });
  try {
    await work(sandbox, warmPool);
  } finally {
    await sandbox.close();
    await warmPool.close();
  }
}

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function printed(program: Program): Promise<string[]> {
  const exit = await program.exited;
  assert.is(exit.code, 0, program.output.map(({ text }) => text).join('\n'));
  return program.output.map(({ text }) => text);
}

test('a program that has waited looks to itself like a fresh one', async () => {
  await play(async (sandbox, warmPool) => {
    const file = write('mirror.js', mirror);
    const fresh = await sandbox.start({ name: 'fresh', file });
    const [plain = ''] = await printed(fresh);
    await warmPool.refill();
    const asked = Date.now();
    const waited = await sandbox.start({ name: 'waited', file });
    const [same = '', birth, origin, young] = await printed(waited);
    assert.equal(JSON.parse(same), JSON.parse(plain));
    assert.ok(Number(birth) >= asked - 5, 'its life began when it was asked for');
    assert.ok(Number(origin) >= asked - 5, 'its clock began when it was asked for');
    assert.is(young, 'true');
  });
});

test('the process that was started beforehand is the one that runs', async () => {
  await play(async (sandbox, warmPool) => {
    const file = write('pid.js', 'console.log(process.pid);');
    await printed(await sandbox.start({ name: 'first', file }));
    await warmPool.refill();
    const waiting = warmPool.processes;
    assert.is(waiting.length, 1);
    const program = await sandbox.start({ name: 'second', file });
    assert.equal([program.pid], waiting);
    assert.equal(await printed(program), [String(program.pid)]);
    assert.equal(warmPool.processes, []);
  });
});

test('what was saved since then is what runs', async () => {
  await play(async (sandbox, warmPool) => {
    const file = write('text.js', 'console.log("before");');
    await printed(await sandbox.start({ name: 'first', file }));
    await warmPool.refill();
    write('text.js', 'console.log("after");');
    assert.equal(await printed(await sandbox.start({ name: 'second', file })), ['after']);
  });
});

test('a module that another one stands in for is loaded when it is asked for, and as it is then', async () => {
  await play(async (sandbox, warmPool) => {
    const other = write('other.js', 'console.log("loaded"); module.exports = "before";');
    const part = write('part.js', '');
    const stand = write('stand.js', `module.exports = require(${JSON.stringify(other)});`);
    const file = write('asks.js', 'console.log(require("./part"));');
    const run = async (name: string) =>
      printed(await sandbox.start({ name, file, replaced: { [part]: stand } }));
    assert.equal(await run('first'), ['loaded', 'before']);
    await warmPool.refill();
    const [waiting] = warmPool.processes;
    write('other.js', 'console.log("loaded"); module.exports = "after";');
    assert.equal(await run('second'), ['loaded', 'after']);
    assert.ok(waiting);
    assert.equal(warmPool.processes, [], 'it was taken');
  });
});

test('what a driver loads is loaded beforehand, as its file finds it', async () => {
  await play(async (sandbox, warmPool) => {
    const driver = write('driver.js', 'exports.default = () => require(process.argv[2]);');
    const file = write('driven.js', mirror);
    const run = async (name: string) =>
      printed(
        await sandbox.start({ name, file: driver, args: [file], loads: [file], drives: true }),
      );
    const [plain = ''] = await run('fresh');
    await warmPool.refill();
    const [waiting] = warmPool.processes;
    const [same = ''] = await run('waited');
    assert.equal(JSON.parse(same), JSON.parse(plain));
    assert.ok(waiting);
    assert.equal(warmPool.processes, [], 'it was taken');
  });
});

test('what a package loads when it is used waits with it, and shows only then', async () => {
  await play(async (sandbox, warmPool) => {
    const file = write(
      'later.js',
      `import { Queue } from 'bullmq';
      const loaded = () => Object.keys(require.cache).filter((one) => one.includes('/ioredis/'));
      const before = loaded();
      new Queue('later', { connection: { lazyConnect: true } });
      console.log(JSON.stringify([before, loaded()]));
      process.exit();`,
    );
    const lent = [
      { name: 'bullmq', major: 6, loads: ['ioredis'] },
      { name: 'ioredis', major: 5 },
    ];
    const run = async (name: string) =>
      printed(await sandbox.start({ name, file, lent })).then(([line = '']) => JSON.parse(line));
    const [before, after] = await run('fresh');
    assert.equal(before, []);
    assert.ok(after.length > 10);
    await warmPool.refill();
    const [waiting] = warmPool.processes;
    assert.equal(await run('waited'), [before, after]);
    assert.ok(waiting);
    assert.equal(warmPool.processes, [], 'it was taken');
  });
});

test('a file that imports something else gets a fresh process', async () => {
  await play(async (sandbox, warmPool) => {
    const file = write('imports.js', 'console.log(1);');
    await printed(await sandbox.start({ name: 'first', file }));
    await warmPool.refill();
    const waiting = warmPool.processes;
    write('imports.js', 'import redis from "redis"; console.log(typeof redis.createClient);');
    const program = await sandbox.start({ name: 'second', file });
    assert.equal(await printed(program), ['function']);
    assert.not(waiting.includes(program.pid ?? 0));
  });
});

test('what is started more often than may wait is started ahead all the same, one for each that is taken', async () => {
  await play(async (sandbox, warmPool) => {
    const file = write('often.js', 'console.log(process.pid);');
    const run = async () => {
      const program = await sandbox.start({ name: 'often', file });
      await printed(program);
      return program.pid ?? 0;
    };
    const times = 14;
    for (let at = 0; at < times; at += 1) await run();
    await warmPool.refill();
    const most = warmPool.processes.length;
    assert.ok(most < times);
    for (let left = times; left > 0; left -= 1) {
      const waiting = warmPool.processes;
      assert.is(waiting.length, Math.min(most, left), 'no more wait than will be asked for');
      assert.ok(waiting.includes(await run()));
    }
    assert.equal(warmPool.processes, []);
  });
});

test('where memory is short no more wait than the check of a queue starts', () => {
  const megabytes = [200, 4000, 6000, 24_000];
  assert.equal(
    megabytes.map((many) => placesFor(many * 1e6)),
    [6, 6, 10, 12],
  );
});

test('a package that is missing is told of by the program itself', async () => {
  await play(async (sandbox, warmPool) => {
    const file = write('missing.js', 'import "no-such-package";');
    const codes: (number | null)[] = [];
    const messages: (string | undefined)[] = [];
    for (const name of ['fresh', 'waited']) {
      const program = await sandbox.start({ name, file });
      codes.push((await program.exited).code);
      messages.push(program.errors[0]?.message);
      await warmPool.refill();
    }
    assert.is(codes[1], codes[0]);
    assert.is(messages[1], messages[0]);
    assert.match(messages[0] ?? '', /no-such-package/);
  });
});

test('a program is stopped and judged as if it had not waited', async () => {
  await play(async (sandbox, warmPool) => {
    const file = write('loop.js', 'for (;;);');
    const limits = { busy: 500 };
    for (const name of ['fresh', 'waited']) {
      const program = await sandbox.start({ name, file, limits });
      assert.is((await program.exited).by, 'time', name);
      await warmPool.refill();
    }
  });
});

test('nothing waits any more when the spares are closed', async () => {
  const warmPool = new WarmPool();
  await play(async (sandbox) => {
    const file = write('idle.js', 'console.log(1);');
    await printed(await sandbox.start({ name: 'first', file }));
    await warmPool.refill();
    const [pid = 0] = warmPool.processes;
    process.kill(pid, 0);
    await warmPool.close();
    assert.throws(() => process.kill(pid, 0), /ESRCH/);
  }, warmPool);
});

test('a Redis that was opened beforehand is handed out once, and empty', async () => {
  const ahead = openWarmRedis(embeddedRedis());
  const first = await ahead.open(usual);
  ahead.refill();
  const second = await ahead.open(usual);
  const third = await ahead.open(usual);
  const paths = [first, second, third].map(({ address }) => JSON.stringify(address));
  assert.is(new Set(paths).size, 3);
  const connection = await openConnection(second);
  assert.is(await connection.send('DBSIZE'), 0);
  await connection.close();
  await Promise.all([first, second, third].map((instance) => instance.close()));
  await ahead.close();
});

test('more are asked for than may wait: the next is opened as soon as one is taken', async () => {
  const source = embeddedRedis();
  const opened = new EventEmitter();
  let count = 0;
  const ahead = openWarmRedis({
    ...source,
    async open(options) {
      const instance = await source.open(options);
      opened.emit(String(++count));
      return instance;
    },
  });
  const take = () => ahead.open(usual);
  const first = await Promise.all([take(), take(), take(), take(), take()]);
  assert.is(count, 5);
  const three = once(opened, '8');
  ahead.refill();
  await three;
  const fourth = once(opened, '9');
  const second = [await take()];
  await fourth;
  const fifth = once(opened, '10');
  second.push(await take());
  await fifth;
  second.push(await take(), await take(), await take());
  assert.is(count, 10, 'none was opened for a caller that waits');
  await Promise.all([...first, ...second].map((instance) => instance.close()));
  await ahead.close();
});

test('a Redis that somebody has ended meanwhile is not handed out', async () => {
  const source = await findRedis({ reaper });
  assert.is(source.kind, 'server');
  const opened = new EventEmitter();
  const ahead = openWarmRedis({
    ...source,
    async open(options) {
      const instance = await source.open(options);
      opened.emit('one', instance);
      return instance;
    },
  });
  const first = await ahead.open(usual);
  const beforehand = once(opened, 'one');
  ahead.refill();
  const [spare]: RedisInstance[] = await beforehand;
  assert.ok(spare);
  const killer = await openConnection(spare);
  await killer.send('SHUTDOWN', 'NOSAVE').catch(() => {});
  const second = await ahead.open(usual);
  const connection = await openConnection(second);
  assert.is(String(await connection.send('PING')), 'PONG');
  await connection.close();
  await Promise.all([first, second].map((instance) => instance.close()));
  await ahead.close();
});

test.run();
