import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { suite } from '../support/suite';

/** The embedded Redis as another project uses it: a folder that has nothing but links to packages. */
const test = suite('public Redis');

const project = path.join(__dirname, '../..');
const run = promisify(execFile);
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));

test.before(() => {
  const modules = path.join(folder, 'node_modules');
  mkdirSync(path.join(modules, '@types'), { recursive: true });
  symlinkSync(project, path.join(modules, 'queuing-workbook'));
  for (const name of ['bullmq', 'ioredis', '@types/node']) {
    symlinkSync(path.join(project, 'node_modules', name), path.join(modules, name));
  }
});

test.after(() => rmSync(folder, { recursive: true }));

/** What a program of that folder prints. */
async function printed(name: string, text: string): Promise<string> {
  writeFileSync(path.join(folder, name), text);
  const { stdout } = await run(process.execPath, [name], { cwd: folder });
  return stdout;
}

/** Asks a Redis one command a line, of plain words, as ioredis has its replies. */
const asking = `
const Redis = require('ioredis');
async function ask(port, ...lines) {
  const client = new Redis(port, { retryStrategy: null, enableReadyCheck: false });
  const replies = [];
  for (const line of lines) replies.push(await client.call(...line.split(' ')).catch((e) => e.message));
  client.disconnect();
  return replies.join();
}
const { createRedis } = require('queuing-workbook/redis');
`;

test('the example of the page runs', async () => {
  const page = readFileSync(path.join(project, 'docs/embedded-redis.md'), 'utf8');
  const [, code = ''] = /^```js\n(.*?)^```/ms.exec(page) ?? [];
  assert.equal(await printed('example.mjs', code), 'Dear Ada\n');
});

test('several are open at once, each with its data to itself, and are gone when closed', async () => {
  const text = `${asking}
  (async () => {
    const [one, other] = await Promise.all([createRedis(), createRedis()]);
    console.log(await ask(one.port, 'SET a 1', 'GET a'), await ask(other.port, 'GET a') === '');
    console.log(one.url === 'redis://127.0.0.1:' + one.port);
    await Promise.all([one.close(), one.close(), other[Symbol.asyncDispose]()]);
    const { port } = await createRedis({ port: one.port }).then(async (again) => {
      await again.close();
      return again;
    });
    console.log(port === one.port);
  })();`;
  assert.equal(await printed('several.cjs', text), 'OK,1 true\ntrue\ntrue\n');
});

test('a file is read at the start and written at the end', async () => {
  const text = `${asking}
  (async () => {
    const first = await createRedis({ file: 'kept.rdb' });
    console.log(await ask(first.port, 'SET a 1'));
    await first.close();
    const second = await createRedis({ file: 'kept.rdb' });
    console.log(await ask(second.port, 'GET a'));
    await second.close();
  })();`;
  assert.equal(await printed('file.cjs', text), 'OK\n1\n');
});

test('a port that is taken and a file that is no dump are told', async () => {
  writeFileSync(path.join(folder, 'bad.rdb'), 'no dump');
  const text = `${asking}
  (async () => {
    const first = await createRedis();
    await createRedis({ port: first.port }).catch((error) => console.log(error.message));
    await createRedis({ file: 'bad.rdb' }).catch((error) => console.log(error.message));
    await first.close();
  })();`;
  const [port = '', file = ''] = (await printed('faults.cjs', text)).split('\n');
  assert.match(port, /^Port \d+ is in use/);
  assert.match(file, /cannot be read as a Redis dump/);
});

test('a password is asked for', async () => {
  const text = `${asking}
  (async () => {
    const redis = await createRedis({ password: 'a:secret', file: 'locked.rdb' });
    console.log(redis.url === 'redis://:a%3Asecret@127.0.0.1:' + redis.port);
    console.log(await ask(redis.port, 'SET a 1', 'AUTH a:secret', 'SET a 1'));
    await redis.close();
  })();`;
  const replies = 'true\nNOAUTH Authentication required.,OK,OK\n';
  assert.equal(await printed('password.cjs', text), replies);
});

test('SHUTDOWN ends it, and closing it then is nothing', async () => {
  const text = `${asking}
  (async () => {
    const redis = await createRedis();
    await ask(redis.port, 'SHUTDOWN NOSAVE');
    await redis.close();
    console.log('closed');
  })();`;
  assert.equal(await printed('shutdown.cjs', text), 'closed\n');
});

test('Node reads no other files than before', async () => {
  const text = `
  const before = Object.keys(require.extensions).join();
  require('queuing-workbook/redis').createRedis().then(async (redis) => {
    await redis.close();
    console.log(before === Object.keys(require.extensions).join());
  });`;
  assert.equal(await printed('extensions.cjs', text), 'true\n');
});

test('TypeScript knows its types', async () => {
  const text = `import { createRedis, type Redis } from 'queuing-workbook/redis';
  export async function port(): Promise<number> {
    await using redis: Redis = await createRedis({ port: 0, password: 'secret' });
    // @ts-expect-error There is no such option.
    await createRedis({ ports: 1 });
    return redis.port;
  }`;
  writeFileSync(path.join(folder, 'types.mts'), text);
  const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022'];
  const tsc = path.join(project, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, ...options, '--types', 'node', 'types.mts'], { cwd: folder });
});

test.run();
