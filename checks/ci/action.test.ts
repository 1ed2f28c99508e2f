import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { asGithubReads } from '../support/github-runner';
import { suite } from '../support/suite';
import { parseXml } from '../support/xml';
import { bash, recordingPrograms } from './step';

const test = suite('action', { needs: ['bash'] });

const project = path.join(__dirname, '../..');

/** https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax */
const words = v.pipe(v.string(), v.minLength(1));
const named = { id: v.optional(words), name: v.optional(words), if: v.optional(words) };
const actionSchema = v.strictObject({
  name: words,
  description: words,
  inputs: v.record(
    words,
    v.strictObject({ description: words, default: v.string(), required: v.optional(v.boolean()) }),
  ),
  outputs: v.record(words, v.strictObject({ description: words, value: words })),
  runs: v.strictObject({
    using: v.literal('composite'),
    steps: v.array(
      v.union([
        v.strictObject({
          ...named,
          uses: v.pipe(v.string(), v.regex(/^[\w-]+\/[\w-]+@v\d+$/)),
          with: v.optional(v.record(words, v.string())),
        }),
        v.strictObject({
          ...named,
          shell: v.literal('bash'),
          env: v.optional(v.record(words, v.string())),
          run: words,
        }),
      ]),
    ),
  }),
});
const action = v.parse(actionSchema, parse(readFileSync(path.join(project, 'action.yml'), 'utf8')));

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

const right = "console.log('hello');\nconsole.log('world');\n";
let count = 0;

/** Runs the action's own steps on a repository with this file, as a runner does. */
async function job(text: string, inputs: Record<string, string> = {}, runner = 'self-hosted') {
  const top = path.join(folder, String(count++));
  const [workspace, temp] = [path.join(top, 'work it'), path.join(top, 'temp')];
  for (const one of [path.join(workspace, 'src'), temp]) mkdirSync(one, { recursive: true });
  writeFileSync(path.join(workspace, 'src', '0-greeting.ts'), text);
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: project,
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: path.join(temp, 'output'),
    GITHUB_STEP_SUMMARY: path.join(temp, 'summary'),
    RUNNER_TEMP: temp,
    RUNNER_OS: 'Linux',
    RUNNER_ENVIRONMENT: runner,
  };
  const bin = recordingPrograms(top, ['npm', 'sudo']);
  const given = (one: string) =>
    one.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => {
      const input = action.inputs[name];
      assert.ok(input, `there is an input ${name}`);
      return inputs[name] ?? input.default;
    });
  const ended = { code: 0 as number | null, stdout: '' };
  for (const step of action.runs.steps) {
    if (!('run' in step)) continue;
    const own = Object.entries(step.env ?? {}).map(([key, value]) => [key, given(value)]);
    const { code, stdout } = await bash(step.run, {
      cwd: workspace,
      env: { ...env, ...Object.fromEntries(own) },
      bin,
    });
    ended.stdout += stdout;
    ended.code = code;
    if (code !== 0) break;
  }
  const read = (file: string) => readFileSync(path.join(top, file), 'utf8');
  return { ...ended, read, temp };
}

test('a right file ends well, and leaves JUnit XML and a summary', async () => {
  const { code, stdout, read, temp } = await job(right, { lessons: '0', isolation: 'guard' });
  assert.equal(code, 0, stdout);
  assert.deepEqual(asGithubReads(stdout).obeyed, []);
  assert.equal(read('temp/output'), `junit=${temp}/workbook-verdicts.xml\n`);
  const { tests, failures } = parseXml(read('temp/workbook-verdicts.xml').trim()).attributes;
  assert.deepEqual([tests, failures], ['1', '0']);
  assert.match(read('temp/summary'), /^### 1 of 1 file passed/);
  assert.equal(read('calls'), `npm ci --prefix ${project} --omit=dev --no-audit --no-fund\n`);
});

test('a wrong file fails the job, and is marked at its line below the repository’s top', async () => {
  const { code, stdout, read } = await job(
    `${right}throw new Error('::error::forged');\n`,
    {
      folder: 'src',
      lessons: '0',
    },
    'github-hosted',
  );
  assert.equal(code, 1);
  const { obeyed } = asGithubReads(stdout);
  assert.equal(obeyed.length, 1);
  assert.equal(obeyed[0]?.properties.file, 'src/0-greeting.ts');
  assert.equal(obeyed[0]?.properties.line, '3');
  assert.equal(parseXml(read('temp/workbook-verdicts.xml').trim()).attributes.failures, '1');
  assert.match(
    read('calls'),
    /^sudo apt-get update.*\nsudo apt-get install .*bubblewrap\nsudo sysctl/,
  );
});

test('what stands in an input is never a command of the shell', async () => {
  const input = '$(touch forged); `touch forged`';
  const { code, read } = await job(right, { lessons: input, folder: input });
  assert.equal(code, 2);
  assert.throws(() => read('work it/forged'));
});

test.run();
