import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { suite } from '../support/suite';
import { bash } from './step';

const test = suite('platform scripts', { needs: ['bash'] });

const project = path.join(__dirname, '../..');
const script = (name: string) => ({ file: path.join(project, 'docs/ci', name) });
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

const right = "console.log('hello');\nconsole.log('world');\n";

/** A platform's folders, with one file that is handed in. */
function laidOut(name: string, submission: string, text: string): string {
  const root = path.join(folder, name);
  mkdirSync(path.join(root, submission), { recursive: true });
  writeFileSync(path.join(root, submission, '0-greeting.ts'), text);
  return root;
}

const results = (root: string) =>
  JSON.parse(readFileSync(path.join(root, 'results/results.json'), 'utf8'));

test('Gradescope: results.json lies where it is looked for, whatever the submission is worth', async () => {
  const root = laidOut('autograder', 'submission', right);
  for (const made of ['source', 'results']) mkdirSync(path.join(root, made));
  symlinkSync(project, path.join(root, 'source/workbook'));
  const around = { cwd: root, env: { AUTOGRADER_ROOT: root } };
  const { code, stderr } = await bash(script('gradescope-run.sh'), around);
  assert.equal(code, 0, stderr);
  const { tests, output } = results(root);
  assert.equal(output, '1 of 4 files passed.');
  assert.deepEqual(
    tests.map(({ score }: { score: number }) => score),
    [1, 0, 0, 0],
  );
  assert.ok(!readFileSync(path.join(root, 'results/results.json'), 'utf8').includes(folder));

  rmSync(path.join(root, 'results'), { recursive: true });
  const broken = await bash(script('gradescope-run.sh'), around);
  assert.notEqual(broken.code, 0, 'no results are no grade');
});

test('PrairieLearn: the same, and it makes the folder of the results', async () => {
  const root = laidOut('grade', 'student', 'console.log(1);\n');
  const around = { cwd: folder, env: { GRADE_ROOT: root } };
  const { code, stderr } = await bash(script('prairielearn.sh'), around);
  assert.equal(code, 0, stderr);
  assert.equal(results(root).score, 0);
  assert.equal(results(root).gradable, true);

  rmSync(path.join(root, 'student'), { recursive: true });
  rmSync(path.join(root, 'results'), { recursive: true });
  const broken = await bash(script('prairielearn.sh'), around);
  assert.notEqual(broken.code, 0);
  assert.ok(!existsSync(path.join(root, 'results/results.json')));
});

test('each script is one that the shell can read', async () => {
  for (const name of ['gradescope-setup.sh', 'gradescope-run.sh', 'prairielearn.sh']) {
    const { code, stderr } = await bash(`bash -n '${script(name).file}'`, { cwd: folder, env: {} });
    assert.equal(code, 0, stderr);
  }
});

test.run();
