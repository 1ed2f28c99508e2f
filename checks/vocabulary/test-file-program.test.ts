import assert from 'node:assert/strict';
import path from 'node:path';
import { findRedis } from '../../runner/redis/find';
import type { Program } from '../../runner/sandbox/process/program';
import { reaper } from '../../runner/sandbox/process/reaper';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { installed, makeCourseFolder, withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

const test = suite('test-file-program');

const driver = path.join(__dirname, '../../runner/vocabulary/testing/test-file-program.ts');

/** Runs a test file of a folder until it ends. @returns the program, and what it printed */
async function run(folder: string, name: string, style: string): Promise<[Program, string]> {
  const sandbox = await Sandbox.open(await findRedis({ reaper, offline: true }));
  try {
    const program = await sandbox.start({
      name: 'tests',
      file: driver,
      folder,
      args: [path.join(folder, name), style],
      drives: true,
    });
    const exit = await program.exited;
    const text = program.output.map((line) => line.text).join('\n');
    assert.equal(exit.code, 0, text);
    return [program, text];
  } finally {
    await sandbox.close();
  }
}

const tests = {
  mocha: "it('adds', () => { if (1 + 1 !== 2) throw new Error('no'); });\n",
  uvu: "const { test } = require('uvu');\ntest('adds', () => {});\ntest.run();\n",
};

for (const style of ['mocha', 'uvu'] as const) {
  test(`tests on ${style} run, and are reported, in a folder without kue`, () =>
    withFolder(async (folder) => {
      const modules = { [style]: installed(style) };
      makeCourseFolder(folder, { files: { 'sum.test.js': tests[style] }, modules });
      const [{ told }, text] = await run(folder, 'sum.test.js', style);
      assert.match(text, style === 'mocha' ? /1 passing/ : /Passed: +1/);
      assert.deepEqual(told, {
        tests: style === 'mocha' ? [{ title: 'adds', state: 'passed' }] : [],
        entered: [],
        cleared: 0,
        jobsLeft: 0,
        savedForReal: 0,
        stillInTestMode: false,
      });
    }));
}

test('tests on Mocha that are to end by themselves are not ended when they are over', () =>
  withFolder(async (folder) => {
    const slow = "it('waits', () => { setTimeout(() => console.log('the end'), 100); });\n";
    makeCourseFolder(folder, {
      files: { 'slow.test.js': slow },
      modules: { mocha: installed('mocha') },
    });
    const [, text] = await run(folder, 'slow.test.js', 'mocha-to-its-end');
    assert.match(text, /1 passing[\s\S]*the end/);
  }));

test.run();
