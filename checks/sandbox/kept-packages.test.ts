import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findRedis } from '../../runner/redis/find';
import { compileProgram } from '../../runner/sandbox/process/compiled';
import { keptPackages } from '../../runner/sandbox/process/kept-packages';
import { reaper } from '../../runner/sandbox/process/reaper';
import type { LentModule } from '../../runner/sandbox/process/settings';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { suite } from '../support/suite';

const test = suite('kept packages');

/* A package that was written down before is loaded from there, and no program can tell. */

const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'kept-packages-test-')));
test.after(() => rmSync(folder, { recursive: true, force: true }));

/** Tells what a program can see of a package that it loads; the stack stands for where its code is said to be. */
const mirror = (name: string, use = '') => `
const loaded = require("${name}");
${use}
const files = Object.keys(require.cache).filter((file) => file.includes('node_modules'));
const shown = (module) => [module.id, module.filename, module.loaded, module.path,
  module.paths.length, module.paths[0], module.parent?.id, module.children.map(({ id }) => id)];
let stack = '';
try { loaded.createClient({ url: 'nonsense:' }); } catch (error) { stack = error.stack; }
process.stdout.write(JSON.stringify({
  files, stack,
  modules: files.map((file) => shown(require.cache[file])),
  exported: Object.keys(loaded),
}), () => process.exit());
`;

async function seen(text: string, used: readonly LentModule[], isKept: boolean): Promise<unknown> {
  const file = path.join(mkdtempSync(path.join(folder, 'scene-')), 'program.js');
  writeFileSync(file, text);
  const sandbox = await Sandbox.open(await findRedis({ reaper }));
  try {
    // What is not lent by name is found as well, and nothing is kept of it.
    const lent = isKept ? used : [];
    const program = await sandbox.start({ name: 'program', file, lent });
    await program.exited;
    assert.deepEqual(program.errors, []);
    const output = program.output.map((line) => line.text).join('\n');
    return JSON.parse(output.replaceAll(path.dirname(file), '<folder>'));
  } finally {
    await sandbox.close();
  }
}

for (const name of ['redis', 'redis-v6', 'bullmq', 'express-v5', 'ioredis-mock']) {
  test(`${name} looks as if it had been loaded in the usual way`, async () => {
    const lent = [{ name, major: Number.MAX_SAFE_INTEGER }];
    assert.deepEqual(await seen(mirror(name), lent, true), await seen(mirror(name), lent, false));
  });
}

test('what BullMQ loads when the first queue is made looks so, too', async () => {
  const text = mirror('bullmq', "new loaded.Queue('q', { connection: { lazyConnect: true } });");
  const major = Number.MAX_SAFE_INTEGER;
  const lent = [
    { name: 'bullmq', major, loads: ['ioredis'] },
    { name: 'ioredis', major },
  ];
  const [kept, plain] = [await seen(text, lent, true), await seen(text, lent, false)];
  assert.match(JSON.stringify(kept), /node_modules\/ioredis\//);
  assert.deepEqual(kept, plain);
});

/** A workbook with one package of two files. */
function workbook(): { root: string; file: string; lent: LentModule[] } {
  const root = mkdtempSync(path.join(folder, 'workbook-'));
  const name = path.basename(root);
  const home = path.join(root, 'node_modules', name);
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
  writeFileSync(path.join(home, 'index.js'), "module.exports = require('./part');");
  const file = path.join(home, 'part.js');
  writeFileSync(file, "module.exports = 'first';");
  return { root, file, lent: [{ name, major: 1 }] };
}

test('what a program imports is known in whichever way it is written', () => {
  const file = path.join(mkdtempSync(path.join(folder, 'scene-')), 'program.js');
  writeFileSync(
    file,
    `const one = require('kue');
    const two = require("redis");
    const three = async () => import('express');
    require(one.name);`,
  );
  const [{ packages } = { packages: [] }] = compileProgram(file, { reader: 'babel' }).imports;
  assert.deepEqual(packages, ['kue', 'redis', 'express']);
});

test('what a program does not import is not written down', async () => {
  const { root, lent } = workbook();
  assert.deepEqual(await keptPackages(root, lent, ['net']), {});
});

test('a package that cannot be loaded is left out', async () => {
  const { root, file, lent } = workbook();
  writeFileSync(file, "throw new Error('not here');");
  assert.deepEqual(await keptPackages(root, lent, [String(lent[0]?.name)]), {});
});

test.run();
