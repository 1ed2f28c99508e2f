import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { problemMatcher } from '../../runner/commands/editor/vscode-tasks';
import { unwrapped, workbook } from '../support/command-line';
import { WatchingMatcher } from '../support/problem-matcher';
import { suite } from '../support/suite';

const test = suite('editor', { limit: 120_000 });

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
let count = 0;
test.after(() => rmSync(folder, { recursive: true }));

function learner() {
  const home = path.join(folder, `${count++} of Ada's`);
  mkdirSync(home);
  return {
    home,
    tasks: path.join(home, '.vscode', 'tasks.json'),
    does: (line: string) => workbook(line.split(' '), { env: { WORKBOOK_HOME: home } }),
  };
}

const tasksSchema = v.object({
  version: v.literal('2.0.0'),
  tasks: v.array(
    v.looseObject({
      label: v.string(),
      type: v.literal('process'),
      command: v.string(),
      args: v.array(v.string()),
      options: v.object({ cwd: v.string(), env: v.record(v.string(), v.string()) }),
      problemMatcher: v.unknown(),
    }),
  ),
});

test('editor vscode lays out tasks, once, and never over a file that is there', async () => {
  const { does, tasks } = learner();
  const { code, stdout } = await does('editor vscode --offline');
  assert.equal(code, 0);
  assert.match(unwrapped(stdout), /tasks\.json\. Open the folder in VS Code/);
  const laidOut = readFileSync(tasks, 'utf8');
  const again = await does('editor vscode --offline');
  assert.equal(again.code, 0);
  assert.match(unwrapped(again.stdout), /has the tasks already/);

  const own = '{ // mine\n  "version": "2.0.0", "tasks": [] }\n';
  writeFileSync(tasks, own);
  const kept = await does('editor vscode --offline');
  assert.equal(kept.code, 1);
  assert.match(unwrapped(kept.stderr), /tasks\.json is yours and stays as it is/);
  assert.equal(readFileSync(tasks, 'utf8'), own);
  const toAdd = `{ "version": "2.0.0", "tasks": [${kept.stdout}] }`;
  assert.deepEqual(JSON.parse(toAdd), JSON.parse(laidOut));
  writeFileSync(tasks, toAdd);
  assert.match(unwrapped((await does('editor vscode --offline')).stdout), /has the tasks already/);
});

test('the task watches, and its matcher finds in the real output what stands at which line', async () => {
  const { does, home, tasks } = learner();
  await does('editor vscode --offline');
  const read = v.parse(tasksSchema, JSON.parse(readFileSync(tasks, 'utf8')));
  const [watch] = read.tasks;
  assert.ok(watch);
  assert.deepEqual(watch.problemMatcher, problemMatcher);
  const put = (text: string) => text.replaceAll('${'.concat('workspaceFolder}'), home);
  const child = spawn(watch.command, watch.args, {
    cwd: put(watch.options.cwd),
    env: { PATH: process.env.PATH, WORKBOOK_HOME: put(watch.options.env.WORKBOOK_HOME ?? '') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const ended = new Promise((resolve) => child.once('close', resolve));
    const waiting = createInterface({ input: child.stderr });
    for await (const line of waiting) if (line.includes('Waiting for you')) break;
    const matcher = new WatchingMatcher(problemMatcher);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const round = async () => {
      for (let began = false; ; began ||= matcher.isActive) {
        const { value, done } = await lines.next();
        assert.ok(!done, 'it goes on');
        matcher.line(value);
        if (began && !matcher.isActive) return matcher.markers;
      }
    };
    const greeting = path.join(home, '0-greeting.ts');
    writeFileSync(greeting, "console.log('hello');\n  console.log('word: 1:2: error:');\n");
    const [marker, ...others] = await round();
    assert.deepEqual(others, []);
    const { message = '', ...place } = marker ?? {};
    assert.deepEqual(place, {
      file: greeting,
      line: 2,
      column: 3,
      severity: 'error',
      code: 'wrong-output',
    });
    assert.match(message, /^Expected “world”.* → /);
    writeFileSync(path.join(home, '2-one.ts'), "console.lg('one');\n");
    assert.deepEqual(
      (await round()).map(({ file, severity }) => `${path.basename(file)} ${severity}`).sort(),
      ['0-greeting.ts error', '2-one.ts error', '2-two.ts info'],
    );
    writeFileSync(greeting, "console.log('hello');\nconsole.log('world');\n");
    assert.equal((await round()).length, 2);
    child.kill('SIGINT');
    await ended;
  } finally {
    child.kill('SIGKILL');
  }
});

test('the tasks for the file in view take its name', async () => {
  const { does, home, tasks } = learner();
  await does('editor vscode --offline');
  const read = v.parse(tasksSchema, JSON.parse(readFileSync(tasks, 'utf8')));
  for (const [label, expected] of [
    ['workbook: hint', /hint 1 of 2/],
    ['workbook: task', /Say hello/],
  ] as const) {
    const task = read.tasks.find((one) => one.label === label);
    const words = task?.args.slice(1).map((word) => word.replace(/^\$\{\w+\}$/, '0-greeting.ts'));
    const { stdout, code } = await workbook(words ?? [], { env: { WORKBOOK_HOME: home } });
    assert.equal(code, 0);
    assert.match(stdout, expected);
  }
});

test('for other editors it prints what their settings need', async () => {
  const { does, home } = learner();
  for (const name of ['neovim', 'helix', 'emacs', 'sublime']) {
    const { code, stdout } = await does(`editor ${name}`);
    assert.equal(code, 0);
    assert.match(stdout, /start\.cjs/);
    assert.ok(stdout.includes(home) || stdout.includes(home.replace("'", "\\'")), stdout);
  }
});

test('an editor that is not known, and a folder that is only read, are answered with a next step', async () => {
  const { does, home } = learner();
  const unknown = await does('editor neovom');
  assert.equal(unknown.code, 2);
  assert.match(unwrapped(unknown.stderr), /no editor "neovom".*Nearest: neovim/);
  const none = await does('editor');
  assert.equal(none.code, 2);
  assert.match(unwrapped(none.stderr), /Which editor\?.*vscode, neovim/);
  assert.equal((await workbook(['--dir', home, 'editor', 'vscode'])).code, 2);
});

test.run();
