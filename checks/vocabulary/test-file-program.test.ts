import assert from 'node:assert/strict';
import path from 'node:path';
import * as v from 'valibot';
import { findRedis } from '../../runner/redis/find';
import type { Program } from '../../runner/sandbox/process/program';
import { reaper } from '../../runner/sandbox/process/reaper';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { testReport } from '../../runner/vocabulary/testing/test-file-protocol';
import { installed, makeCourseFolder, withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

const test = suite('test-file-program');

const driver = path.join(__dirname, '../../runner/vocabulary/testing/test-file-program.ts');

/**
 * Runs a test file of a folder until it ends.
 * @param options.wish as the program's arguments have it; `code` it ends with; `until` it prints this it is left
 * alone, and told then that nothing goes on
 * @returns the program, and what it printed
 */
async function run(
  folder: string,
  name: string,
  style: string,
  { wish, code = 0, until }: { wish?: string; code?: number; until?: string } = {},
): Promise<[Program, string]> {
  const sandbox = await Sandbox.open(await findRedis({ reaper, offline: true }));
  try {
    const program = await sandbox.start({
      name: 'tests',
      file: driver,
      folder,
      args: [path.join(folder, name), style, ...(wish ? [wish] : [])],
      drives: true,
    });
    if (until !== undefined) {
      await sandbox.journal.until(() => program.output.some(({ text }) => text === until), 20_000);
      program.terminate();
    }
    const exit = await program.exited;
    const text = program.output.map((line) => line.text).join('\n');
    assert.equal(exit.code, code, text);
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

const waiting = {
  'with nothing that could go on': {
    text: "it('waits', (done) => {});\nit('comes behind it', () => {});\n",
    limit: 2000,
  },
  'beside an open server': {
    text: "it('waits', (done) => { require('net').createServer().listen(0, () => console.log('open')); });\n",
    until: 'open',
    limit: 2000,
  },
  'with a limit of its own': {
    text: "it('waits', function (done) { this.timeout(60_000); });\n",
    limit: 60_000,
  },
  'in a hook': {
    text: "beforeEach(() => new Promise(() => {}));\nit('waits', () => {});\n",
    limit: 2000,
    title: '"before each" hook for "waits"',
  },
};

for (const [how, { text, limit, ...rest }] of Object.entries(waiting)) {
  test(`a test on Mocha that waits ${how} fails at once, by the limit that Mocha has`, () =>
    withFolder(async (folder) => {
      const { title = 'waits', ...options } = { title: undefined, ...rest };
      makeCourseFolder(folder, {
        files: { 'waiting.test.js': text },
        modules: { mocha: installed('mocha') },
      });
      const [program, printed] = await run(folder, 'waiting.test.js', 'mocha', {
        wish: 'by-rest',
        code: 1,
        ...options,
      });
      const [failed, ...more] = v.parse(testReport, program.told).tests;
      assert.equal(failed?.title, title);
      assert.match(failed?.message ?? '', new RegExp(`^Timeout of ${limit}ms exceeded`));
      assert.deepEqual(more, []);
      assert.match(printed, new RegExp(`Timeout of ${limit}ms exceeded`));
    }));
}

test('a test on Mocha passes if a busy machine lets it take longer than its limit', () =>
  withFolder(async (folder) => {
    makeCourseFolder(folder, {
      files: { 'busy.test.js': "it('is late', (done) => { setTimeout(done, 2200); });\n" },
      modules: { mocha: installed('mocha') },
    });
    const [, text] = await run(folder, 'busy.test.js', 'mocha', { wish: 'by-rest' });
    assert.match(text, /1 passing/);
  }));

test.run();
