import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { readRdb } from '../../runner/redis/rdb/reader';
import { reportSchema } from '../../runner/report/json';
import { course, type StartOptions, unwrapped, workbook } from '../support/command-line';
import { suite } from '../support/suite';

const test = suite('commands');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
let count = 0;
const newFolder = (): string => {
  const made = path.join(folder, String(count++));
  mkdirSync(made);
  return made;
};
test.after(() => rmSync(folder, { recursive: true }));

/** A learner's workspace, and the workbook in it. */
function learner() {
  const home = newFolder();
  return {
    home,
    write: (name: string, text: string) => writeFileSync(path.join(home, name), text),
    does: (line: string, options: StartOptions = {}) =>
      workbook(line.split(' ').filter(Boolean), {
        ...options,
        env: { WORKBOOK_HOME: home, ...options.env },
      }),
  };
}

const hello = "console.log('hello');\nconsole.log('world');\n";

test('without a terminal, and without a command, there is the list and how to go on', async () => {
  const { does, home } = learner();
  const { code, stdout, stderr } = await does('');
  assert.equal(code, 0);
  assert.match(stdout, /0 of 3 passed/);
  assert.match(stdout, /0 {2}Say hello/);
  assert.match(stdout, /npm start -- show 0/);
  assert.match(unwrapped(stderr), /4 starter files are laid out/);
  assert.ok(existsSync(path.join(home, '2-two.ts')));
  assert.equal((await does('')).stderr, '');
});

test('show, hint, solution and reset', async () => {
  const { does, write, home } = learner();
  assert.match((await does('show 0')).stdout, /Say hello[\s\S]*Print two lines\./);
  assert.match((await does('hint greeting')).stdout, /hint 1 of 2[\s\S]*A nudge/);
  assert.match((await does('hint greeting')).stdout, /hint 2 of 2[\s\S]*The answer/);
  assert.match((await does('hint 1')).stdout, /no hints/);
  assert.match((await does('solution 0-greeting.js')).stdout, /console\.log\('hello'\)/);
  write('0-greeting.ts', hello);
  const { stdout, code } = await does('reset 0');
  assert.equal(code, 0);
  assert.match(stdout, /is as it was at the start/);
  assert.match(readFileSync(path.join(home, '0-greeting.ts'), 'utf8'), /Print hello/);
  const [kept] = readdirSync(path.join(home, '.workbook', 'kept'));
  assert.match(kept ?? '', /^0-greeting\.\d{4}-.*\.ts$/);
});

test('solution leads to what goes further, where a lesson has that', async () => {
  const { does, write } = learner();
  assert.match((await does('solution 2')).stdout, /solution 2 --further +what goes further/);
  assert.doesNotMatch((await does('solution 0')).stdout, /--further/);
  const { stdout, code } = await does('solution 2 --further');
  assert.equal(code, 0);
  assert.match(stdout, /The same, and the time/);
  assert.doesNotMatch(stdout, /'one'|--further/);
  write('2-two.ts', "console.log('two');\n");
  assert.match(
    (await does('solution 2 --further --beside')).stdout,
    /yours: 2-two\.ts[\s\S]*going further[\s\S]*new Date/,
  );
  const none = await does('solution 0 --further');
  assert.equal(none.code, 2);
  assert.match(none.stderr, /Lesson 0 has nothing that goes further[\s\S]*These have: 2\./);
});

test('a starter is not begun yet, another code fails, the right one passes, and each is remembered', async () => {
  const { does, write } = learner();
  const before = await does('check 0 --offline');
  assert.equal(before.code, 1);
  assert.match(before.stdout, /embedded/);
  assert.match(before.stdout, /· {2}0 {2}Say hello +not begun/);
  write('0-greeting.ts', "console.log('hullo');\n");
  assert.match((await does('check 0 --offline')).stdout, /✗ {2}0 {2}Say hello +failed/);
  write('0-greeting.ts', hello);
  const after = await does('check 0 --offline');
  assert.equal(after.code, 0, after.stdout + after.stderr);
  assert.match(after.stdout, /✓ {2}0 {2}Say hello +passed/);
  assert.match((await does('list')).stdout, /✓ {2}0 {2}Say hello +passed/);
  write('0-greeting.ts', `${hello}//`);
  assert.match((await does('list')).stdout, /● {2}0 {2}Say hello +changed/);
});

test('each file of a lesson has its own next step, and what failed speaks before what is missing', async () => {
  const { does, write } = learner();
  write('2-two.js', "console.log('three');\n");
  const { stdout } = await does('check 2 --offline');
  assert.match(stdout, /· 2-one\.ts {2}not begun\n {2}✗ 2-two\.js {2}failed/);
  assert.match(unwrapped(stdout), /wrong output .* → next .* 2-one\.ts is still as .* → next/);
  const json = v.parse(reportSchema, JSON.parse((await does('check 2 --offline --json')).stdout));
  const [lesson] = json.lessons;
  assert.equal(lesson?.class, 'wrong-output');
  assert.deepEqual(
    lesson?.parts.map(({ file, class: failure, line }) => ({ file, failure, line })),
    [
      { file: '2-one.ts', failure: 'not-begun', line: undefined },
      { file: '2-two.js', failure: 'wrong-output', line: 1 },
    ],
  );
  assert.equal(new Set(lesson?.parts.map(({ next }) => next)).size, 2);
});

const nearNames: [there: string, looksLike: RegExp][] = [
  [
    '1-kex.js',
    /no file 1-key\.js yet; 1-kex\.js looks like it\..*Give 1-kex\.js the name 1-key\.js/,
  ],
  ['1_key.ts', /no file 1-key\.ts yet; 1_key\.ts/],
  ['1-key-new.js', /no file 1-key\.js yet; 1-key-new\.js/],
  ['1-Key.mjs', /no file 1-key\.mjs yet; 1-Key\.mjs/],
  ['1-key.jsx', /no file 1-key\.js yet; 1-key\.jsx/],
  ['1-key.test.js', /no file 1-key yet\./],
  ['0-greeting.js', /no file 1-key yet\./],
  ['client.js', /no file 1-key yet\./],
];

test.rows(
  nearNames,
  ([there]) => `a folder that has ${there} for 1-key`,
  async ([there, looksLike]) => {
    const folder = newFolder();
    writeFileSync(path.join(folder, there), hello);
    const { stdout } = await learner().does(`check 1 --offline --dir ${folder}`);
    assert.match(unwrapped(stdout), looksLike);
  },
);

test('check without a name grades all, prints them in order, and sums up', async () => {
  const repository = newFolder();
  writeFileSync(path.join(repository, '0-greeting.js'), hello);
  writeFileSync(path.join(repository, '1-key.js'), '// nothing yet\n');
  const { code, stdout } = await learner().does(`check --offline --dir ${repository}`);
  assert.equal(code, 1);
  assert.match(stdout, / 0 {2}Say hello[\s\S]* 1 {2}Set a key[\s\S]* 2 {2}Two programs +missing/);
  assert.match(stdout, /1 passed, 1 failed, 1 missing/);
  assert.match(stdout, /In full: npm start -- check 1/);
});

test('the worked versions pass, side by side, and are not remembered', async () => {
  const { does } = learner();
  const { code, stdout, stderr } = await does('check --solution --offline');
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /3 passed/);
  assert.match((await does('list')).stdout, /0 of 3 passed/);
});

test('--json prints one object and nothing else', async () => {
  const { does, write } = learner();
  write('0-greeting.js', hello);
  const { code, stdout } = await does('check 0 2 --json --offline');
  assert.equal(code, 1);
  const report = v.parse(reportSchema, JSON.parse(stdout));
  assert.equal(report.redis?.kind, 'embedded');
  assert.deepEqual(
    report.lessons.map(({ id, verdict, files }) => ({ id, verdict, files })),
    [
      { id: 'greeting', verdict: 'passed', files: ['0-greeting.js'] },
      { id: 'pair', verdict: 'missing', files: ['2-one.ts', '2-two.ts'] },
    ],
  );
});

test('--json is an object also where nothing could be graded', async () => {
  const { does } = learner();
  const { code, stdout } = await does('check nonsense --json');
  assert.equal(code, 2);
  assert.equal(v.parse(reportSchema, JSON.parse(stdout)).error?.kind, 'usage');
});

test('--dir only reads: another folder, one level down, without node_modules', async () => {
  const { does, home } = learner();
  const outer = newFolder();
  mkdirSync(path.join(outer, 'queuing'));
  writeFileSync(
    path.join(outer, 'queuing', '1-key.js'),
    "const { createClient } = require('redis');\ncreateClient().set('a', '1');\n",
  );
  const { code, stdout, stderr } = await does(`check 1 --offline --dir ${outer}`);
  assert.equal(code, 0, stdout + stderr);
  assert.deepEqual(readdirSync(outer), ['queuing']);
  assert.deepEqual(readdirSync(path.join(outer, 'queuing')), ['1-key.js']);
  assert.deepEqual(readdirSync(home), []);
  assert.equal((await does(`check 0 --offline --dir ${outer}`)).code, 1);
});

test('run prints what the program prints, byte for byte where there is no terminal', async () => {
  const { does, write } = learner();
  write('0-greeting.ts', "process.stdout.write('a\\x1b[0m\\n b');\nconsole.error('c');\n");
  const { code, stdout, stderr } = await does('run 0 --offline');
  assert.equal(code, 0);
  assert.equal(stdout, 'a\x1b[0m\n b');
  assert.match(stderr, /c\n/);
  assert.match(unwrapped(stderr), /Ctrl-C stops the run/);
  write('0-greeting.ts', 'process.exit(7);\n');
  const failed = await does('run 0-greeting.ts --offline');
  assert.equal(failed.code, 1);
  assert.match(unwrapped(failed.stderr), /exit code 7/);
  assert.equal((await does('run 0 --solution --offline')).stdout, 'hello\nworld\n');
});

test('what a run leaves in Redis is kept, also where the course has no snapshot to start from', async () => {
  const bare = newFolder();
  cpSync(course, bare, { recursive: true });
  const about = readFileSync(path.join(bare, 'course.yml'), 'utf8');
  writeFileSync(path.join(bare, 'course.yml'), about.replace(/^snapshot:.*\n/m, ''));
  const { does, home, write } = learner();
  write(
    '1-key.ts',
    "import redis from 'redis';\nconst client = redis.createClient();\nclient.set('a', '1', () => client.quit());\n",
  );
  const rdb = path.join(home, '.workbook', 'runs', 'key.rdb');
  for (const redis of ['', '--offline']) {
    const { code, stderr } = await does(`run 1 ${redis}`, { env: { WORKBOOK_LESSONS: bare } });
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /could not be kept/);
    assert.deepEqual(
      readRdb(readFileSync(rdb)).map(({ key }) => key.toString()),
      ['a'],
    );
    rmSync(rdb);
  }
});

test('run of a lesson with two programs runs both', async () => {
  const { does } = learner();
  assert.equal((await does('run 2 --solution --offline')).stdout, 'one\ntwo\n');
});

/** What is typed wrongly, what is said to it, and the exit code. */
const mistakes: [line: string, said: RegExp, code: number][] = [
  ['show 99', /There is no lesson "99"\.[\s\S]*0 to 2/, 2],
  ['show greting', /Nearest: greeting/, 2],
  ['check 2-tow', /Nearest: 2-two \(lesson 2\)/, 2],
  ['show', /[Mm]issing.*lesson/, 2],
  ['show 1 2', /[Tt]oo many/, 2],
  ['cheque', /There is no command "cheque"\.[\s\S]*Nearest: check/, 2],
  ['check --jsn', /[Uu]nknown option "--jsn"\.[\s\S]*Nearest: --json/, 2],
  ['show 1 --json', /[Uu]nknown option "--json"/, 2],
  ['check --dir', /--dir/, 2],
  ['check --dir /does/not/exist', /"\/does\/not\/exist" does not exist/, 2],
  [`check --dir ${__filename}`, /is not a folder/, 2],
  ['reset 0 --dir /tmp', /[Uu]nknown option "--dir"/, 2],
  [`--dir ${__dirname} reset 0`, /only read/, 2],
  ['check --redis nonsense', /not the URL of a Redis/, 2],
  ['check --offline --redis redis://127.0.0.1:1', /cannot be used with/, 2],
  ['run 77', /There is no lesson "77"/, 2],
];

for (const [line, said, code] of mistakes) {
  test(`"${line}" is told in a sentence, exit code ${code}`, async () => {
    const ended = await learner().does(line);
    assert.equal(ended.code, code, ended.stderr);
    assert.match(unwrapped(ended.stderr), said);
    assert.doesNotMatch(ended.stderr, /\n\s+at /);
    assert.equal(ended.stdout, '');
  });
}

test('a Redis that is not there is the fault of the environment', async () => {
  const port = await closedPort();
  const { code, stderr, stdout } = await learner().does(
    `check 0 --redis redis://127.0.0.1:${port}`,
  );
  assert.equal(code, 3);
  assert.match(stderr, new RegExp(`127\\.0\\.0\\.1:${port}`));
  assert.equal(stdout, '');
});

test(
  'a folder without permission',
  async () => {
    const closed = newFolder();
    chmodSync(closed, 0o000);
    const { does } = learner();
    const { code, stderr } = await does(`check --dir ${closed}`, { obeysPermissions: true });
    chmodSync(closed, 0o755);
    assert.equal(code, 2, stderr);
    assert.match(unwrapped(stderr), /may not be read: permission is denied/);
  },
  { needs: process.getuid?.() === 0 ? ['setpriv'] : [] },
);

test('a workspace that cannot be written', async () => {
  const { code, stderr } = await learner().does('list', {
    env: { WORKBOOK_HOME: path.join(__filename, 'inside') },
  });
  assert.equal(code, 3);
  assert.match(unwrapped(stderr), /cannot be written/);
});

test('a damaged record of progress is named, and the list still comes', async () => {
  const { does, home } = learner();
  mkdirSync(path.join(home, '.workbook'));
  writeFileSync(path.join(home, '.workbook', 'progress.json'), 'not JSON');
  const { code, stderr, stdout } = await does('list');
  assert.equal(code, 0);
  assert.match(unwrapped(stderr), /progress was damaged[\s\S]*progress-damaged/);
  assert.match(stdout, /Say hello/);
});

test('an error of the workbook itself shows its stack only to those who ask', async () => {
  const broken = newFolder();
  mkdirSync(path.join(broken, '00-x'));
  const facts = readFileSync(path.join(course, 'course.yml'), 'utf8');
  const alone = facts.replace(/^lessons:\n(?: .*\n)+/m, 'lessons: { 0: 00-x }\n');
  writeFileSync(path.join(broken, 'course.yml'), alone);
  const head = '---\nid: x\ntitle: X\nfiles: [x]\nlevel: mandatory\nminutes: 1\n---\n';
  writeFileSync(path.join(broken, '00-x', 'lesson.md'), head);
  writeFileSync(path.join(broken, '00-x', 'check.ts'), "throw new Error('boom');\n");
  const env = { WORKBOOK_LESSONS: broken };
  const { code, stderr } = await learner().does('check --offline --solution', { env });
  assert.equal(code, 3);
  assert.match(unwrapped(stderr), /The workbook itself failed: boom/);
  assert.doesNotMatch(stderr, /\n\s+at /);
  const asked = await learner().does('check --offline --solution', {
    env: { ...env, WORKBOOK_DEBUG: '1' },
  });
  assert.match(asked.stderr, /\n\s+at /);
});

test('Ctrl-C in the middle of a run ends the program and the workbook', async () => {
  const { does, write } = learner();
  write('0-greeting.ts', "console.log('pid', process.pid);\nsetInterval(() => {}, 1000);\n");
  let program = 0;
  const { code, stderr } = await does('run 0 --offline', {
    onOutput: (text, child) => {
      const pid = /pid (\d+)/.exec(text)?.[1];
      if (!pid) return;
      program = Number(pid);
      child.kill('SIGINT');
    },
  });
  assert.equal(code, 130, stderr);
  assert.throws(() => process.kill(program, 0), /ESRCH/);
});

test('Ctrl-C in the middle of a check', async () => {
  const { does, write, home } = learner();
  const sign = path.join(home, 'sign');
  write(
    '0-greeting.ts',
    `require('node:net').connect(${JSON.stringify(sign)}).end(String(process.pid));\nsetInterval(() => {}, 1000);\n`,
  );
  let workbookItself: ChildProcess | undefined;
  let pid = '';
  const server = net.createServer((socket) => {
    socket.setEncoding('utf8').on('data', (text) => {
      pid += text;
    });
    socket.on('end', () => workbookItself?.kill('SIGINT'));
  });
  server.listen(sign);
  const { code, stderr } = await does('check 0 --offline --isolation guard', {
    onOutput: (_, child) => {
      workbookItself = child;
    },
  });
  server.close();
  assert.equal(code, 130, stderr);
  assert.throws(() => process.kill(Number(pid), 0), /ESRCH/);
});

test('a check and a run can be looked back on', async () => {
  const { does, write } = learner();
  write(
    '1-key.ts',
    "import redis from 'redis';\nconst client = redis.createClient();\nclient.set('a', '1', () => client.quit());\n",
  );
  const checked = await does('check 1 --offline --timeline --keys');
  assert.match(checked.stdout, /timeline[\s\S]*\d {2}SET a 1 {2}→ OK/);
  assert.match(checked.stdout, /keys in Redis[\s\S]*string 1\n {4}a {2}1/);
  const ran = await does('run 1 --offline --keys');
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stdout, /string 2\n {4}Holberton {2}School\n {4}a {2}1/);
  assert.match(
    unwrapped((await does('redis 0 --offline')).stderr),
    /Lesson 0 has not been run yet/,
  );
});

test('--help and --version', async () => {
  const { does } = learner();
  const help = await does('--help');
  assert.equal(help.code, 0);
  assert.match(help.stdout, /solution \[options\] <lesson>/);
  assert.match((await does('check --help')).stdout, /--json/);
  assert.match((await does('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
});

/** A port of this machine at which nobody listens. */
function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

test('in a locale without UTF-8 all that is printed for people is ASCII', async () => {
  const { does } = learner();
  const env = { LC_ALL: 'C' };
  for (const line of ['list', 'show 0', 'check 0 --offline', '--help', 'nothing']) {
    const { stdout, stderr } = await does(line, { env });
    assert.match(stdout + stderr, /^[\x20-\x7e\n]+$/, line);
  }
});

test('without a terminal, watch writes a verdict for each save, of the lesson that was saved', async () => {
  const { does, write, home } = learner();
  let written = '';
  const steps: [RegExp, () => void][] = [
    [/Waiting for you/, () => write('1-key.ts', '// nothing yet\n')],
    [/✗ {2}1 /, () => write('0-greeting.ts', hello)],
  ];
  const { code, stdout } = await does('watch --offline', {
    onOutput: (text, child) => {
      written += text;
      const [wanted, step] = steps[0] ?? [/✓ {2}0 /, () => child.kill('SIGINT')];
      if (!wanted.test(written)) return;
      steps.shift();
      step();
    },
  });
  assert.equal(code, 130);
  assert.match(stdout, /embedded[^\n]*\n✗ {2}1 [\s\S]*hint 1[\s\S]*embedded[^\n]*\n✓ {2}0 /);
  assert.ok(existsSync(path.join(home, '.workbook')));
});

test.run();
