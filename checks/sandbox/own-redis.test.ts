import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findRedis } from '../../runner/redis/find';
import type { RedisSource } from '../../runner/redis/instance';
import { reaper } from '../../runner/sandbox/process/reaper';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { suite } from '../support/suite';

/* Programs that run side by side can have a Redis each, so that none sees what another leaves. */

const test = suite('own redis');
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'own-redis-test-')));

test.after(() => rmSync(folder, { recursive: true, force: true }));

/** Increments a counter, prints what it is then, and ends. */
const counts = `
const socket = require('node:net').connect(6379);
socket.write('INCR counter\\r\\n');
socket.on('data', (bytes) => { console.log(String(bytes).trim()); socket.end(); });
`;

for (const offline of [false, true]) {
  test(`a program with a Redis of its own counts from 1, ${offline ? 'on the embedded one' : 'on a real one'}, and that Redis ends with it`, async () => {
    const { source, open } = counted(await findRedis({ offline, reaper }));
    const sandbox = await Sandbox.open(source);
    const file = path.join(folder, `counts-${offline}.js`);
    writeFileSync(file, counts);
    try {
      await sandbox.connection.send('SET', 'counter', '41');
      const programs = await Promise.all(
        [true, true, false].map((ownRedis, index) =>
          sandbox.start({ name: `program ${index}`, file, ownRedis }),
        ),
      );
      await Promise.all(programs.map(({ exited }) => exited));
      assert.deepEqual(
        programs.map(({ output }) => output.map(({ text }) => text)),
        [[':1'], [':1'], [':42']],
      );
      assert.equal(String(await sandbox.connection.send('GET', 'counter')), '42');
      while (open.size > 1) await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual([...open], [1]);
    } finally {
      await sandbox.close();
    }
    assert.equal(open.size, 0);
  });
}

test('a program that is still on its way when the check is over is not started, and its Redis ends', async () => {
  const { source, open } = counted(await findRedis({ offline: true, reaper }));
  const sandbox = await Sandbox.open(source);
  const file = path.join(folder, 'late.js');
  writeFileSync(file, counts);
  const late = sandbox.start({ name: 'late', file, ownRedis: true });
  const [started] = await Promise.allSettled([late, sandbox.close()]);
  assert.equal(started?.status, 'rejected');
  assert.equal(sandbox.programs.length, 0);
  assert.equal(open.size, 0);
});

/** A source, and which of its instances are open, by the order in which they were opened. */
function counted(source: RedisSource): { source: RedisSource; open: Set<number> } {
  const open = new Set<number>();
  let count = 0;
  return {
    open,
    source: {
      ...source,
      async open(options) {
        const instance = await source.open(options);
        const number = ++count;
        open.add(number);
        return {
          ...instance,
          async close() {
            await instance.close();
            open.delete(number);
          },
        };
      },
    },
  };
}

test.run();
