import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { embeddedRedis } from '../../../runner/redis/embedded/server/source';
import { suite } from '../../support/suite';

/* As many at a time as a check of all lessons starts on a machine with many cores. */

const test = suite('many embedded servers');

/** Node warns from the eleventh listener on. */
const many = 12;

test('many at once leave no listener each behind on the process', async () => {
  const before = process.listenerCount('exit');
  const servers = await Promise.all(Array.from({ length: many }, () => embeddedRedis().open()));
  const more = process.listenerCount('exit') - before;
  await Promise.all(servers.map((server) => server.close()));
  assert.is(more, 0);
});

test('a process that ends with one open leaves no folder of it behind', () => {
  const source = path.resolve(__dirname, '../../../runner/redis/embedded/server/source');
  const text = `
    const { embeddedRedis } = require(${JSON.stringify(source)});
    embeddedRedis().open().then(({ address }) => {
      process.stdout.write(JSON.stringify(address));
      process.exit();
    });`;
  const hook = path.resolve(__dirname, '../../../runner/hook.cjs');
  const address: { path?: string } = JSON.parse(
    execFileSync(process.execPath, ['-r', hook, '-e', text], { encoding: 'utf8' }),
  );
  if (process.platform === 'win32') return;
  assert.type(address.path, 'string');
  assert.not(existsSync(path.dirname(String(address.path))));
});

test.run();
