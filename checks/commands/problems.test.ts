import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { workbook } from '../support/command-line';
import { suite } from '../support/suite';

/** What an editor reads of verdicts: `--problems`. */
const test = suite('problems');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
let count = 0;
test.after(() => rmSync(folder, { recursive: true }));

/** A learner's workspace, and the workbook in it. */
function learner() {
  const home = path.join(folder, String(count++));
  const file = (name: string) => path.join(home, name);
  return {
    home,
    file,
    write: (name: string, text: string) => writeFileSync(file(name), text),
    does: (line: string, onOutput = (_: string, __: () => void) => {}) => {
      let printed = '';
      return workbook(line.split(' '), {
        env: { WORKBOOK_HOME: home },
        onOutput: (text, child) => {
          printed += text;
          onOutput(printed, () => child.kill('SIGINT'));
        },
      });
    },
  };
}

const wrong = "console.log('hello');\n  console.log('word');\n";
const right = "console.log('hello');\nconsole.log('world');\n";

test('check --problems prints one line a finding and nothing else, with its exit code', async () => {
  const { does, write, file } = learner();
  await does('list');
  write('0-greeting.ts', wrong);
  const { code, stdout, stderr } = await does('check 0 2 --offline --problems');
  assert.equal(code, 1);
  assert.equal(stderr, '');
  const [first = '', ...others] = stdout.trimEnd().split('\n');
  assert.ok(first.startsWith(`${file('0-greeting.ts')}:2:3: error: Expected “world”`), first);
  assert.match(first, / → Make the program print .* \[wrong-output\]$/);
  assert.deepEqual(
    others.map((line) => line.replace(/(info: ).* → .* (\[)/, '$1$2')),
    [`${file('2-one.ts')}:1:1: info: [not-begun]`, `${file('2-two.ts')}:1:1: info: [not-begun]`],
  );
  write('0-greeting.ts', right);
  const passed = await does('check 0 --offline --problems');
  assert.deepEqual(passed, { code: 0, stdout: '', stderr: '' });
});

test('a missing file is told of in the lesson’s file that is there; with none there is nothing to point at', async () => {
  const { does, write, file, home } = learner();
  await does('list');
  rmSync(file('2-one.ts'));
  write('2-two.ts', "console.log('two');\n");
  const line = `check 2 --offline --problems --dir ${home}`;
  const { stdout, code } = await does(line);
  assert.equal(code, 1);
  assert.match(stdout, /^[^\n]*2-two\.ts:1:1: error: [^\n]*2-one[^\n]* \[missing-file\]\n$/);
  rmSync(file('2-two.ts'));
  assert.deepEqual(await does(line), { code: 1, stdout: '', stderr: '' });
});

test('a message with line ends stays one line', async () => {
  const { does, write } = learner();
  await does('list');
  write('0-greeting.ts', "throw new Error('one\\ntwo:1:1: error: three\\u001b[31m');\n");
  const { stdout } = await does('check 0 --offline --problems');
  assert.equal(stdout.trimEnd().split('\n').length, 1, stdout);
  assert.doesNotMatch(stdout, /\u001b/);
});

test('watch --problems prints rounds, each with every problem that is known', async () => {
  const { does, write, file } = learner();
  await does('list');
  let step = 0;
  const steps: [RegExp, () => void][] = [
    [/Waiting for you/, () => write('0-greeting.ts', wrong)],
    [/checked lesson 0: failed/, () => write('2-one.ts', "console.log('other');\n")],
    [/checked lesson 2: failed/, () => write('0-greeting.ts', right)],
  ];
  const { code, stdout } = await does('watch --offline --problems', (printed, end) => {
    const [expected, then] = steps[step] ?? [/checked lesson 0: passed/, end];
    if (!expected.test(printed)) return;
    step += 1;
    then();
  });
  assert.equal(code, 130);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^.*?([^/\\]+:\d+:\d+: \w+:).*$/, '$1'));
  const rounds = lines.filter((line, at) => line !== lines[at - 1]);
  const greeting = '0-greeting.ts:2:3: error:';
  const pair = ['2-one.ts:1:1: error:', '2-two.ts:1:1: info:'];
  assert.deepEqual(rounds, [
    ...['checking lesson 0', greeting, 'checked lesson 0: failed'],
    ...['checking lesson 2', greeting, ...pair, 'checked lesson 2: failed'],
    ...['checking lesson 0', ...pair, 'checked lesson 0: passed'],
  ]);
  assert.ok(stdout.includes(file('2-one.ts')), 'paths are absolute');
});

test('--problems goes with no other form of the result', async () => {
  const { does } = learner();
  const { code, stderr } = await does('check 0 --problems --json');
  assert.equal(code, 2);
  assert.match(stderr, /^✗ --json and --problems cannot both/);
});

test.run();
