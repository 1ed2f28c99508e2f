import assert from 'node:assert/strict';
import path from 'node:path';
import { judgesOf } from '../support/fingerprint';
import { suite } from '../support/suite';

/*
 * Mutants and rounds of the same verdict are kept from run to run, as long as nothing changes that judges.
 */

const test = suite('kept-outcomes');

const project = path.join(__dirname, '../..');

test('what a check reaches counts, by a path, by a name, or as a program that it starts', () => {
  const judges = judgesOf(path.join(project, 'lessons/today/07-job-tests/check.ts')).map((file) =>
    path.relative(project, file),
  );
  for (const file of [
    'lessons/today/07-job-tests/check.ts',
    'lessons/today/07-job-tests/check/mutant-program.ts',
    'runner/grading/index.ts',
    'runner/vocabulary/testing/test-run.ts',
    'runner/vocabulary/testing/test-file-program.ts',
    'runner/vocabulary/testing/mocha-limits.ts',
    'runner/sandbox/inside/redis-commands.ts',
  ]) {
    assert.ok(judges.includes(file), file);
  }
  assert.ok(!judges.includes('runner/vocabulary/http/server.ts'));
});

test.run();
