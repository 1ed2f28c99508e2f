import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { waitUntilHeldUp } from '../../runner/grading/program/held-up';
import { Keyspace } from '../../runner/grading/program/keyspace';
import { ProgramRun } from '../../runner/grading/program/program-run';
import { drainEventLoop } from '../../runner/redis/drain-event-loop';
import { findRedis } from '../../runner/redis/find';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { waitUntilAtRest } from '../../runner/vocabulary/http/at-rest';
import { Server } from '../../runner/vocabulary/http/server';
import { queuing } from '../support/queuing';
import { suite } from '../support/suite';

const test = suite('cut short');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

/** Never comes to rest, and ends long before the patience of whoever waits for that. */
const busy = `const end = Date.now() + 4000;
(function again() { if (Date.now() < end) setImmediate(again); })();
`;

const waits: Record<string, (running: ProgramRun) => Promise<void>> = {
  'until a server is at rest': (running) => waitUntilAtRest({ running }),
  'until a program is held up': (running) => waitUntilHeldUp([running]),
  'until a program has settled': (running) => running.waitUntilIdle(),
};

for (const [what, wait] of Object.entries(waits)) {
  test(`when Redis is gone nobody waits ${what}`, async () => {
    const file = path.join(folder, 'busy.js');
    writeFileSync(file, busy);
    const sandbox = await Sandbox.open(await findRedis({ offline: true }));
    try {
      const program = await sandbox.start({ name: 'busy', file });
      const gone = once(sandbox.redisGone, 'abort');
      await sandbox.redis.close();
      await gone;
      await wait(new ProgramRun(sandbox, program, queuing, sandbox.redisGone));
      // Whoever waits without letting the event loop turn has not heard yet that it has ended.
      await drainEventLoop();
      assert.is(program.exit, undefined);
    } finally {
      await sandbox.close();
    }
  });
}

test('when Redis is gone nobody waits for the answer to a request', async () => {
  const file = path.join(folder, 'silent.js');
  writeFileSync(file, `require('http').createServer(() => {}).listen(1245);`);
  const sandbox = await Sandbox.open(await findRedis({ offline: true }));
  try {
    const program = await sandbox.start({ name: 'silent', file });
    const running = new ProgramRun(sandbox, program, queuing, sandbox.redisGone);
    const redis = new Keyspace(sandbox.connection);
    const world = { sandbox, redis, signal: sandbox.redisGone };
    const server = new Server(world, running);
    await running.waitUntil(() => program.servers.has(1245), { timers: 0 });
    const asked = [server.ask('/', 10_000), server.ask('/', 10_000)];
    await asked[0]?.sent;
    await sandbox.redis.close();
    for (const one of [...asked, server.ask('/', 10_000)]) {
      assert.is(await one.answer, sandbox.redisGone.reason);
    }
  } finally {
    await sandbox.close();
  }
});

test.run();
