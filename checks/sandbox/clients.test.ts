import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Program } from '../../runner/sandbox/process/program';
import type { StartOptions } from '../../runner/sandbox/sandbox';
import { runToItsEnd } from '../support/run-to-its-end';
import { suite } from '../support/suite';

/* What is seen of a program's clients when it ends, and how soon they try again where that is asked for. */

const test = suite('clients');
const folder = mkdtempSync(path.join(os.tmpdir(), 'clients-test-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

/** @param text what an async function does, with createClient of redis 6 */
async function run(text: string, options: Partial<StartOptions> = {}): Promise<Program> {
  const file = path.join(folder, 'program.js');
  writeFileSync(file, `const { createClient } = require('redis');\n(async () => {${text}})();`);
  return (await runToItsEnd(file, options)).program;
}

const both =
  'const one = createClient(), other = one.duplicate(); await one.connect(); await other.connect();';

test.rows(
  [
    { how: 'exit() with two open clients', text: `${both} process.exit();`, leftOpen: 2 },
    {
      how: 'exit() with one of two',
      text: `${both} await one.close(); process.exit();`,
      leftOpen: 1,
    },
    {
      how: 'exit() when both are closed',
      text: `${both} await one.close(); await other.close(); process.exit();`,
      leftOpen: undefined,
    },
    {
      how: 'an end by itself',
      text: `${both} one.destroy(); other.destroy();`,
      leftOpen: undefined,
    },
  ],
  ({ how }) => `connections that are open at ${how}`,
  async ({ text, leftOpen }) => {
    const { exit } = await run(text);
    assert.equal(exit?.code, 0);
    assert.equal(exit?.leftOpen, leftOpen);
  },
);

test.rows(
  [
    { end: 'process.exit(-1)', code: 255 },
    { end: "process.exit('2')", code: 2 },
    { end: 'process.exitCode = 200', code: 200 },
  ],
  ({ end }) => `${end} is an end like any other`,
  async ({ end, code }) => {
    const { exit } = await run(end);
    assert.deepEqual(exit, { code, signal: null });
  },
);

const socket = '{ reconnectStrategy: (retries) => (retries < 20 ? 60_000 : false) }';

test.rows(
  [
    { who: 'a client', makes: `createClient({ socket: ${socket} })` },
    { who: 'a copy of one', makes: `createClient({ socket: ${socket} }).duplicate()` },
    { who: 'a copy with a strategy', makes: `createClient().duplicate({ socket: ${socket} })` },
  ],
  ({ who }) => `${who} tries again at once, and gives up as its strategy says`,
  async ({ makes }) => {
    const { exit, attempts } = await run(
      `const client = ${makes}; client.on('error', () => {}); await client.connect().catch(() => process.exit(3));`,
      { redisDown: true, reconnectsSoon: true },
    );
    assert.equal(exit?.code, 3);
    assert.equal(attempts, 21);
  },
);

test.run();
