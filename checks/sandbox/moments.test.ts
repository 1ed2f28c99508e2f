import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runToItsEnd } from '../support/run-to-its-end';
import { suite } from '../support/suite';

/*
 * The moments of a program are what its own text does: when it sets a timer, prints, publishes. What a
 * client does to watch over its commands is none of them.
 */

const test = suite('moments');
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
  const running = await runToItsEnd(file, { watchMoments: true });
  running.expectNoCrash();
  const told = running.program.moments.map((one) => (one.what === 'timer' ? one.delay : one.text));
  assert.deepEqual(told, [30, 6000, 'one', 'two']);
});

test.run();
