import { createRequire } from 'node:module';
import { endOf } from '../../interop.cjs';
import type { Tell } from '../../sandbox/process/settings';
import { unwatchedTestMode, watchTestMode } from '../kue/test-mode';
import { generous, limitByRest, type MochaRunner } from './mocha-limits';
import type { TestReport } from './test-file-protocol';

/*
 * The program that runs a learner's tests: with Mocha, as `mocha --exit` does or, if they are to end
 * by themselves, as `mocha` does; or, for a file on uvu, as `node` does. At its end it tells what the
 * tests did, and, if that is wanted, how they left kue behind.
 * Arguments: the test file; `mocha`, `mocha-to-its-end` or `uvu`; `kue` if kue is to be watched; and `by-rest`
 * if tests on Mocha are limited by what goes on, as mocha-limits.ts has it, and not by Mocha's clock.
 */

const [file = '', style = '', ...wishes] = process.argv.slice(2);
const isByRest = wishes.includes('by-rest');
const results: TestReport['tests'] = [];

export default function runTestFile(tell: Tell): void {
  const testMode = wishes.includes('kue') ? watchTestMode(file) : unwatchedTestMode;
  process.on('exit', () => {
    const report: TestReport = { tests: results, ...testMode() };
    tell(report);
  });
  // With what the tests have come to, and not with the signal.
  if (style !== 'mocha' && !isByRest) process.once('SIGTERM', () => process.exit());
  if (style === 'uvu') require(file);
  else runMocha();
}

function runMocha(): void {
  // Loaded only here: a file on uvu has no use for it.
  // The folder's own comes first: a file may import describe and it from there.
  const found = createRequire(file)('mocha');
  const Mocha = found.default ?? found;
  const begin = isByRest ? limitByRest(Mocha.Runnable.prototype) : undefined;
  const limit = begin && { timeout: generous };
  const mocha = new Mocha({ reporter: 'spec', color: false, ...limit });
  mocha.addFile(file);
  mocha.loadFiles();
  // As with Mocha's own command: the tests below an await of a module are there when it is over.
  const end = endOf(require(file));
  if (end) void end.then(() => run(mocha, begin));
  else run(mocha, begin);
}

function run(mocha: Tests, begin?: (runner: MochaRunner) => void): void {
  const runner = mocha.run((failures: number) => {
    process.exitCode = Math.min(failures, 255);
    if (style === 'mocha') process.exit();
  });
  begin?.(runner);
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

/** The part of Mocha that runs what is loaded. */
interface Tests {
  run(done: (failures: number) => void): MochaRunner & {
    on(event: 'pass' | 'pending' | 'fail', tell: (test: Test, error: unknown) => void): unknown;
  };
}

interface Test {
  fullTitle(): string;
}
