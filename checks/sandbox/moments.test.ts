import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ProgramRun } from '../../runner/grading/program/program-run';
import { findRedis } from '../../runner/redis/find';
import { reaper } from '../../runner/sandbox/process/reaper';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { courses } from '../support/courses';
import { suite } from '../support/suite';

/*
 * The moments of a program are what its own text does: when it sets a timer, prints, publishes. What a
 * client does to watch over its commands is none of them.
 */

const test = suite('moments');
const today = courses.find(({ id }) => id === 'today');
const folder = mkdtempSync(path.join(os.tmpdir(), 'moments-test-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const file = path.join(folder, 'publisher.js');
writeFileSync(
  file,
  `const { createClient } = require('redis');
   (async () => {
     const client = createClient();
     const copy = client.duplicate();
     await Promise.all([client.connect(), copy.connect()]);
     setTimeout(async () => {
       await client.publish('news', 'one');
       await copy.publish('news', 'two');
       await Promise.all([client.close(), copy.close()]);
     }, 30);
     setTimeout(() => {}, 6000).unref();
   })();`,
);

test('a program’s own timers and messages are told, also those of duplicate(), and no client’s', async () => {
  assert.ok(today);
  const sandbox = await Sandbox.open(await findRedis({ offline: true, reaper }));
  try {
    const program = await sandbox.start({
      name: 'publisher',
      file,
      lent: today.packages,
      watchMoments: true,
    });
    const running = new ProgramRun(sandbox, program, today);
    await running.waitUntil(() => false);
    running.expectNoCrash();
    const told = program.moments.map((one) => (one.what === 'timer' ? one.delay : one.text));
    assert.deepEqual(told, [30, 6000, 'one', 'two']);
  } finally {
    await sandbox.close();
  }
});

test.run();
