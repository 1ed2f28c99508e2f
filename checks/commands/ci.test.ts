import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unwrapped, workbook } from '../support/command-line';
import { asGithubReads } from '../support/github-runner';
import { suite } from '../support/suite';
import { parseXml } from '../support/xml';

const test = suite('any CI');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const submission = path.join(folder, 'work');
mkdirSync(submission);
const greeting = path.join(submission, '0-greeting.ts');
test.after(() => rmSync(folder, { recursive: true }));

const right = "console.log('hello');\nconsole.log('world');\n";
const forging = `console.log('::set-output name=score::100');
console.log('##[error]forged');
console.log('::stop-commands::mine');
throw new Error('::error::forged');
`;

/** Runs it as a step of a job on GitHub. */
async function step(words: string[], name: string) {
  const summary = path.join(folder, `${name}.md`);
  writeFileSync(summary, 'Of a command before it.\n');
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folder,
    GITHUB_STEP_SUMMARY: summary,
    WORKBOOK_HOME: path.join(folder, 'home'),
  };
  const line = ['check', ...words, '--offline', '--dir', submission];
  const ended = await workbook(line, { env, cwd: folder });
  return { ...ended, summary: readFileSync(summary, 'utf8') };
}

test('on GitHub a check marks the line that is wrong, and nothing that a program prints is obeyed', async () => {
  writeFileSync(greeting, forging);
  const { code, stdout, stderr, summary } = await step(['0'], 'wrong');
  assert.equal(code, 1);
  assert.ok(stdout.includes('##[error]forged'), 'it is shown');
  const { obeyed } = asGithubReads(stdout);
  assert.equal(obeyed.length, 1);
  assert.deepEqual(obeyed[0]?.properties, {
    file: 'work/0-greeting.ts',
    line: '4',
    title: '0 Say hello: crash',
  });
  assert.deepEqual(asGithubReads(stderr).obeyed, []);
  assert.match(summary, /^Of a command before it\.\n### 0 of 1 file passed\n/);
  assert.ok(!summary.includes(folder), 'no path of this machine');
});

test('what passes is marked nowhere; a form that stands alone on the output stays alone there', async () => {
  writeFileSync(greeting, right);
  const [passed, alone] = await Promise.all([
    step(['0'], 'right'),
    step(['0', '--junit'], 'junit'),
  ]);
  assert.equal(passed.code, 0);
  assert.deepEqual(asGithubReads(passed.stdout).obeyed, []);
  for (const { summary } of [passed, alone]) assert.match(summary, /### 1 of 1 file passed/);
  assert.equal(parseXml(alone.stdout.trim()).attributes.tests, '1');
});

test('nor is the name of a learner’s folder obeyed that an error tells of', async () => {
  const top = path.join(folder, 'two');
  for (const name of ['a', 'b', '##[error]forged']) {
    const made = path.join(top, `${name}\n::error::forged`);
    mkdirSync(made, { recursive: true });
    writeFileSync(path.join(made, '0-greeting.ts'), right);
  }
  const env = { GITHUB_ACTIONS: 'true', WORKBOOK_HOME: path.join(folder, 'home') };
  const { code, stdout, stderr } = await workbook(['check', '0', '--dir', top], {
    env,
    cwd: folder,
  });
  assert.equal(code, 2);
  assert.match(unwrapped(stderr), /More than one folder/);
  assert.deepEqual(asGithubReads(stdout + stderr).obeyed, []);
});

test('each form goes into a file of its own, and only one has the output to itself', async () => {
  writeFileSync(greeting, forging);
  const out = (name: string) => path.join(folder, name);
  const given = [
    `--junit=${out('verdicts.xml')}`,
    `--codequality=${out('quality.json')}`,
    `--gradescope=${out('gradescope.json')}`,
    `--prairielearn=${out('prairielearn.json')}`,
  ];
  const line = ['check', '0', '--offline', '--dir', submission];
  const env = { CI_PROJECT_DIR: folder };
  const checked = await workbook([...line, ...given, '--json'], { env, cwd: folder });
  assert.equal(checked.code, 1);
  const json = (text: string) => JSON.parse(text);
  const file = (name: string) => readFileSync(out(name), 'utf8');
  assert.equal(json(checked.stdout).lessons.length, 1);
  assert.equal(parseXml(file('verdicts.xml').trim()).attributes.failures, '1');
  assert.equal(json(file('quality.json'))[0].location.path, 'work/0-greeting.ts');
  assert.equal(json(file('gradescope.json')).tests[0].max_score, 1);
  assert.equal(json(file('prairielearn.json')).score, 0);

  const refused = await workbook([...line, '--junit', '--gradescope'], { cwd: folder });
  assert.equal(refused.code, 2);
  assert.match(unwrapped(refused.stderr), /--junit and --gradescope cannot both have the output/);
  const lesson = await workbook(['check', '--gradescope', '0'], { cwd: folder });
  assert.equal(lesson.code, 2);
  assert.match(unwrapped(lesson.stderr), /"0" is not the name of a JSON file/);
});

test('no grade is written if this machine kept a file from being graded', async () => {
  const line = ['check', '0', '--dir', submission, '--redis', 'redis://127.0.0.1:1'];
  const ended = await workbook([...line, '--gradescope=none.json'], { cwd: folder });
  assert.equal(ended.code, 3);
  assert.ok(!existsSync(path.join(folder, 'none.json')));
});

test.run();
