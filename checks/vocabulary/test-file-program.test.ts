import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { installed, makeCourseFolder, withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

const test = suite('test-file-program');

const hook = path.join(__dirname, '../../runner/hook.cjs');
const program = path.join(__dirname, '../../runner/vocabulary/testing/test-file-program.ts');

const tests = {
  mocha: "it('adds', () => { if (1 + 1 !== 2) throw new Error('no'); });\n",
  uvu: "const { test } = require('uvu');\ntest('adds', () => {});\ntest.run();\n",
};

for (const style of ['mocha', 'uvu'] as const) {
  test(`tests on ${style} run, and are reported, in a folder without kue`, () =>
    withFolder(async (folder) => {
      const modules = { [style]: installed(style) };
      makeCourseFolder(folder, { files: { 'sum.test.js': tests[style] }, modules });
      const run = (...more: string[]) =>
        spawnSync(
          process.execPath,
          ['-r', hook, program, path.join(folder, 'sum.test.js'), style, ...more],
          { encoding: 'utf8' },
        );
      const alone = run();
      assert.equal(alone.status, 0, alone.stderr);
      assert.match(alone.stdout, style === 'mocha' ? /1 passing/ : /Passed: +1/);
      const file = path.join(folder, 'report.json');
      assert.equal(run(file).status, 0);
      const report = JSON.parse(readFileSync(file, 'utf8'));
      assert.deepEqual(
        { ...report, tests: [] },
        {
          tests: [],
          entered: [],
          cleared: 0,
          jobsLeft: 0,
          savedForReal: 0,
          stillInTestMode: false,
        },
      );
    }));
}

test('tests on Mocha that are to end by themselves are not ended when they are over', () =>
  withFolder(async (folder) => {
    const text = "it('waits', () => { setTimeout(() => console.log('the end'), 100); });\n";
    makeCourseFolder(folder, {
      files: { 'slow.test.js': text },
      modules: { mocha: installed('mocha') },
    });
    const run = (style: string) =>
      spawnSync(process.execPath, ['-r', hook, program, path.join(folder, 'slow.test.js'), style], {
        encoding: 'utf8',
      });
    const patient = run('mocha-to-its-end');
    assert.equal(patient.status, 0, patient.stderr);
    assert.match(patient.stdout, /1 passing[\s\S]*the end/);
  }));

test.run();
