import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { findRedis } from '../../runner/redis/find';
import type { Program } from '../../runner/sandbox/process/program';
import { reaper } from '../../runner/sandbox/process/reaper';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { suite } from '../support/suite';

/* A check can keep a program at one command, ask it to end there, and see what it does. */

const test = suite('kept back');
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'kept-back-test-')));

test.after(() => rmSync(folder, { recursive: true, force: true }));

/** Longer than anything here takes on a slow machine, in ms. */
const patience = 30_000;

const text = `
const net = require('node:net');
const server = net.createServer().listen(1245);
const socket = net.connect(6379);
const send = (...words) =>
  socket.write('*' + words.length + '\\r\\n' + words.map((one) => '$' + one.length + '\\r\\n' + one + '\\r\\n').join(''));
send('SET', 'other', '1');
send('SET', 'seat', '1');
send('SET', 'later', '1');
let answers = '';
socket.on('data', (bytes) => {
  answers += bytes;
  if (answers === '+OK\\r\\n'.repeat(3)) socket.end();
});
process.once('SIGTERM', () => { server.close(); console.log('closing'); });
`;

async function scene(source: string, play: (sandbox: Sandbox, program: Program) => Promise<void>) {
  const sandbox = await Sandbox.open(await findRedis({ offline: true, reaper }));
  const file = path.join(folder, 'program.js');
  writeFileSync(file, source);
  try {
    const started = sandbox.start({ name: 'program', file });
    const program = await started;
    program.tap.keepBackFrom((words) => words[0] === 'SET' && words[1] === 'seat');
    assert.ok(await sandbox.journal.until(() => program.tap.kept > 0, patience));
    await play(sandbox, program);
  } finally {
    await sandbox.close();
  }
}

async function keys(sandbox: Sandbox): Promise<string> {
  return String(await sandbox.connection.send('DBSIZE'));
}

async function heldUp(program: Program): Promise<void> {
  while (!(await program.isHeldUp())) await new Promise((resolve) => setImmediate(resolve));
}

test('what comes before the command goes on, and what comes behind it waits with it', async () => {
  await scene(text, async (sandbox, program) => {
    await heldUp(program);
    assert.is(await keys(sandbox), '1');
    assert.is(program.exit, undefined);
    program.tap.keepNothing();
    await sandbox.journal.until(() => program.tap.open === 0, patience);
    assert.is(await keys(sandbox), '3');
  });
});

test('a program that is asked to end ends by itself, and not before', async () => {
  await scene(text, async (sandbox, program) => {
    assert.is((await program.state())?.servers, 1);
    program.terminate();
    const closing = () => program.output.some((line) => line.text === 'closing');
    assert.ok(await sandbox.journal.until(closing, patience));
    await heldUp(program);
    assert.is((await program.state())?.servers, 0);
    assert.is(program.exit, undefined);
    program.tap.keepNothing();
    assert.is((await program.exited).code, 0);
    assert.is(await keys(sandbox), '3');
  });
});

test('one that does not listen ends at once, and nobody waits for it', async () => {
  await scene(text.replace('SIGTERM', 'SIGINT'), async (_sandbox, program) => {
    program.terminate();
    await heldUp(program);
    assert.is(program.exit?.signal, 'SIGTERM');
  });
});

test.run();
