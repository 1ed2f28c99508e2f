import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assemble } from '../../runner/sandbox/isolation/bpf';
import { isKnownProcessor, systemCallFilter } from '../../runner/sandbox/isolation/seccomp';
import { suite } from '../support/suite';

const test = suite('system calls');

/* The filter that stands behind the walls: as a machine for it reads it, and as the kernel does. */

const architectures = { x64: 0xc000003e, arm64: 0xc00000b7 };
const allowed = 0x7fff0000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const thread = 0x3d0f00;

/** What a filter gives for a call, by struct sock_filter of linux/filter.h. */
function answerOf(filter: Buffer, call: { number: number; architecture: number; first?: number }) {
  const data = new Map([
    [0, call.number],
    [4, call.architecture],
    [16, call.first ?? 0],
  ]);
  let word = 0;
  for (let at = 0; ; at += 1) {
    const code = filter.readUInt16LE(8 * at);
    const value = filter.readUInt32LE(8 * at + 4);
    const jump = (holds: boolean) => filter.readUInt8(8 * at + (holds ? 2 : 3));
    if (code === 0x20) word = data.get(value) ?? 0;
    else if (code === 0x06) return value;
    else if (code === 0x15) at += jump(word === value);
    else if (code === 0x35) at += jump(word >= value);
    else if (code === 0x45) at += jump((word & value) !== 0);
    else throw new Error(`code ${code}`);
  }
}

for (const [processor, numbers] of [
  ['x64', { clone: 56, socket: 41, open: 257, write: 1, execve: 59, ptrace: 101, bpf: 321 }],
  ['arm64', { clone: 220, socket: 198, open: 56, write: 64, execve: 221, ptrace: 117, bpf: 280 }],
] as const) {
  test(`${processor}: what a program needs is let through, what it does not is refused`, () => {
    const filter = systemCallFilter(processor);
    const answer = (number: number, first?: number) =>
      answerOf(filter, { number, architecture: architectures[processor], first });
    for (const name of ['open', 'write', 'execve'] as const) {
      assert.equal(answer(numbers[name]), allowed, name);
    }
    for (const name of ['ptrace', 'bpf'] as const) assert.equal(answer(numbers[name]), EPERM, name);
    assert.equal(answer(numbers.clone, thread), allowed);
    assert.equal(answer(numbers.clone, 17), EPERM, 'a process, as fork makes one');
    assert.equal(answer(numbers.clone, thread | 0x10000000), EPERM, 'a user namespace');
    assert.equal(answer(435), ENOSYS, 'clone3');
    assert.equal(answer(425), EPERM, 'io_uring');
    for (const family of [1, 2, 10, 16]) assert.equal(answer(numbers.socket, family), allowed);
    for (const family of [17, 38, 40]) assert.equal(answer(numbers.socket, family), EPERM);
    const foreign = answerOf(filter, { number: numbers.write, architecture: 0x40000003 });
    assert.equal(foreign, EPERM, 'calls of another processor');
  });
}

test('x64: the numbers of the other interface lead past nothing', () => {
  const call = { number: 0x40000000 + 1, architecture: architectures.x64 };
  assert.equal(answerOf(systemCallFilter('x64'), call), EPERM);
});

test('a jump that cannot be taken is no filter', () => {
  assert.throws(() => assemble([{ if: 'equal', value: 1, yes: 'nowhere' }, { give: 0 }]));
});

test(
  'the kernel takes it: a shell runs, and starts nothing',
  () => {
    if (!isKnownProcessor(process.arch)) return;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'filter-'));
    const file = path.join(folder, 'filter');
    writeFileSync(file, systemCallFilter(process.arch));
    const descriptor = openSync(file, 'r');
    try {
      const script = 'echo here; (echo and here); echo there';
      const args = ['--ro-bind', '/', '/', '--seccomp', '3', '/bin/sh', '-c', script];
      const { stdout, stderr } = spawnSync('bwrap', args, {
        stdio: ['ignore', 'pipe', 'pipe', descriptor],
        encoding: 'utf8',
      });
      assert.equal(stdout, 'here\n', stderr);
      assert.match(stderr, /fork/);
    } finally {
      closeSync(descriptor);
      rmSync(folder, { recursive: true });
    }
  },
  { needs: ['bwrap'] },
);

test.run();
