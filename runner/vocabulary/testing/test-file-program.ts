import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { TestReport } from './test-file-protocol';

/*
 * The program that runs a learner's tests: with Mocha, as the course's `mocha --exit` does, or, for
 * a file on uvu, as `node` does. It reports what the tests did, and how they left kue behind.
 * Arguments: the test file, `mocha` or `uvu`, and the file for the report if one is wanted.
 */

const [file = '', style = '', answers] = process.argv.slice(2);

/** kue as the test file finds it, so that both speak of one module. */
const kue: Kue = createRequire(file)('kue');
const { testMode } = kue.prototype;
const save = kue.Job.prototype.save;
const entered: boolean[] = [];
let cleared = 0;

let savedForReal = 0;

interface Kue {
  prototype: {
    testMode: { jobs: unknown[]; enter(processes?: boolean): void; clear(): void; exit(): void };
  };
  Job: { prototype: { save(...args: unknown[]): unknown } };
}

/** Stands in for save() wherever test mode does not. */
function countedSave(this: unknown, ...args: unknown[]): unknown {
  savedForReal += 1;
  return save.apply(this, args);
}
kue.Job.prototype.save = countedSave;

const { enter, clear, exit } = testMode;
testMode.enter = (processes) => {
  // As kue takes it: anything that is not false.
  entered.push(Boolean(processes));
  enter(processes);
};
testMode.exit = () => {
  exit();
  kue.Job.prototype.save = countedSave;
};
testMode.clear = () => {
  cleared += 1;
  clear();
};

const results: TestReport['tests'] = [];
process.on('exit', () => {
  if (answers !== undefined) writeReport(answers);
});

if (style === 'mocha') runMocha();
else {
  // With what the tests have come to, and not with the signal.
  process.once('SIGTERM', () => process.exit());
  require(file);
}

function runMocha(): void {
  // Loaded only here: a file on uvu has no use for it.
  // The folder's own comes first: a file may import describe and it from there.
  const found = createRequire(file)('mocha');
  const Mocha = found.default ?? found;
  const mocha = new Mocha({ reporter: 'spec', color: false });
  mocha.addFile(file);
  mocha.loadFiles();
  const runner = mocha.run((failures: number) => process.exit(Math.min(failures, 255)));
  runner.on('pass', (test: Test) => results.push({ title: test.fullTitle(), state: 'passed' }));
  runner.on('pending', (test: Test) => results.push({ title: test.fullTitle(), state: 'skipped' }));
  runner.on('fail', (test: Test, error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    // Of a test that takes too long Mocha names the file, with all of its path.
    const message = text.replace(`. (${file})`, '');
    const { name, stack } = error instanceof Error ? error : { name: '', stack: undefined };
    results.push({ title: test.fullTitle(), state: 'failed', message, name, stack });
  });
}

interface Test {
  fullTitle(): string;
}

function writeReport(answers: string): void {
  const report: TestReport = {
    tests: results,
    entered,
    cleared,
    jobsLeft: testMode.jobs.length,
    savedForReal,
    stillInTestMode: kue.Job.prototype.save !== countedSave,
  };
  writeFileSync(answers, JSON.stringify(report));
}
