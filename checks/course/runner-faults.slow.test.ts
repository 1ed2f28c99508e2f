import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readProgress, rememberLast } from '../../runner/course/progress/progress-file';
import { start, unwrapped, workbook } from '../support/command-line';
import { lessons } from '../support/course-folder';
import { ownTemporaryFolder } from '../support/leftovers';
import { suite } from '../support/suite';

const test = suite('runner-faults');

/*
 * The learner's record and the runner itself, with everything going wrong around them: kills at any
 * moment, two at once, no room, no permission, odd paths, a clock that jumps, signals.
 *   WORKBOOK_KILLS=200 npm run test:slow -- runner-faults
 */

const files = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'faults-test-')));
const leftovers = ownTemporaryFolder();
const hook = path.join(__dirname, '../../runner/hook.cjs');
const writer = path.join(__dirname, '../support/progress-writer.ts');
const killer = path.join(__dirname, '../support/killed-at-call.cjs');

test.after(() => {
  leftovers.remove();
  rmSync(files, { recursive: true, force: true });
});

const newFolder = () => mkdtempSync(path.join(files, 'workspace-'));

/** Why a fault can't be tried here; told where a test is left out. */
const superuser = process.platform === 'linux' && process.getuid?.() === 0;

/** Records lessons in a process of its own. */
function recording(workspace: string, name: string, count: number): ChildProcess {
  return spawn(process.execPath, ['-r', hook, writer, workspace, 'verdicts', name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The record of a lesson's last verdict. */
function verdictFile(workspace: string, id: string): string {
  return path.join(recordFolder(workspace), `${id}.json`);
}

function recordFolder(workspace: string): string {
  return path.join(workspace, '.workbook', 'progress', 'small');
}

/** The lessons on record; throws where a file is not whole. */
function recorded(workspace: string): string[] {
  const { progress, setAside } = readProgress(workspace, 'small');
  assert.deepEqual(setAside, []);
  return Object.keys(progress.lessons);
}

test('a record is whole, whichever call of its writing is the last', () => {
  let calls = Number.POSITIVE_INFINITY;
  for (let at = 1; at <= calls; at += 1) {
    const workspace = newFolder();
    rememberLast(workspace, 'small', 'before');
    const { signal, stderr } = spawnSync(
      process.execPath,
      ['-r', hook, '-r', killer, writer, workspace, 'verdicts', 'lesson', '1'],
      { env: { ...process.env, KILL_AT: String(at) }, encoding: 'utf8' },
    );
    if (signal === null) {
      calls = Number(/(\d+) calls/.exec(stderr)?.[1]);
      assert.ok(calls >= 5 && calls === at - 1, stderr);
      break;
    }
    assert.equal(signal, 'SIGKILL');
    const names = recorded(workspace);
    assert.ok(names.length === 0 || names[0] === 'lesson-0', String(at));
    assert.equal(readProgress(workspace, 'small').progress.last, 'before');
  }
});

test('a kill at any moment loses nothing that was written', async () => {
  const kills = Number(process.env.WORKBOOK_KILLS ?? 6);
  const workspace = newFolder();
  let seed = 20_26;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const told = new Set<string>();
  for (let round = 0; round < kills; round += 1) {
    const child = recording(workspace, `round-${round}`, 100_000);
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    const ended = once(child, 'close');
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended]);
    await new Promise((resolve) => setTimeout(resolve, random() * 40));
    child.kill('SIGKILL');
    await ended;
    for (const name of text.split('\n').slice(0, -1)) told.add(name);
    const names = new Set(recorded(workspace));
    const lost = [...told].filter((name) => !names.has(name));
    assert.deepEqual(lost, [], `round ${round}`);
    // Many records would make the test slow.
    rmSync(recordFolder(workspace), { recursive: true });
    told.clear();
  }
});

test('workbooks side by side lose nothing of each other', async () => {
  const workspace = newFolder();
  const children = ['one', 'two', 'three'].map((name) => recording(workspace, name, 40));
  for (const child of children) child.stdout?.resume();
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0]));
  assert.deepEqual(codes, [0, 0, 0]);
  assert.equal(recorded(workspace).length, 120);
  assert.equal(readdirSync(recordFolder(workspace)).length, 120);
});

test('two that begin at once lay out the same starters', async () => {
  const home = path.join(newFolder(), 'new');
  const begun = await Promise.all(
    [1, 2, 3].map(() => workbook(['list', '--plain'], { env: { WORKBOOK_HOME: home } })),
  );
  assert.deepEqual(
    begun.map(({ code, stderr }) => [code, /✗/.test(stderr)]),
    [1, 2, 3].map(() => [0, false]),
  );
  assert.deepEqual(readdirSync(path.join(home, '.workbook')), []);
});

/** A command on the small course that has to say one sentence, not a stack. */
function saysOneSentence(text: string, sentence: RegExp): void {
  assert.match(unwrapped(text), sentence);
  assert.doesNotMatch(text, /\n\s+at |The workbook itself failed/);
}

/** A greeting that passes in the small course. */
const greeting = "console.log('Hello');\n";

if (superuser) {
  test('a full disk: the verdict is told, and that it could not be kept', async () => {
    const home = path.join(files, 'full');
    mkdirSync(home);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', home]);
    try {
      const env = { WORKBOOK_HOME: home };
      await workbook(['check', '0', '--plain'], { env });
      const before = readFileSync(verdictFile(home, 'greeting'), 'utf8');
      fill(path.join(home, 'ballast'));
      const checked = await workbook(['check', '0', '--plain'], { env });
      assert.equal(checked.code, 1);
      saysOneSentence(checked.stderr, /Your progress could not be written \(ENOSPC\)/);
      assert.equal(readFileSync(verdictFile(home, 'greeting'), 'utf8'), before);
      const hinted = await workbook(['hint', '0', '--plain'], { env });
      assert.equal(hinted.code, 0);
      saysOneSentence(hinted.stderr, /Your progress could not be written \(ENOSPC\)/);
      writeFileSync(path.join(home, 'ballast'), '');
      assert.equal((await workbook(['list'], { env })).code, 0);
    } finally {
      execFileSync('umount', [home]);
    }
  });

  test('a full disk where temporary files go, one sentence', async () => {
    const folder = path.join(files, 'full-temporary');
    mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k,nr_inodes=4', 'tmpfs', folder]);
    try {
      for (const name of 'abc') writeFileSync(path.join(folder, name), '');
      const env = { WORKBOOK_HOME: newFolder(), TMPDIR: folder };
      const { code, stderr } = await workbook(['run', '0', '--solution', '--plain'], { env });
      assert.equal(code, 3);
      saysOneSentence(
        stderr,
        /There is no room left in \S+, the folder for temporary files \(ENOSPC\)/,
      );
    } finally {
      execFileSync('umount', [folder]);
    }
  });
} else {
  test.skip('a full disk', 'only the superuser of a Linux can make a small disk to fill');
}

/** Takes what room there is. */
function fill(file: string): void {
  assert.throws(() => {
    for (;;) writeFileSync(file, Buffer.alloc(1024, 1), { flag: 'a' });
  }, /ENOSPC/);
}

if (process.platform !== 'win32') {
  test('a workspace that may only be read: checks and hints go on, and one sentence is told', async () => {
    const home = newFolder();
    const env = { WORKBOOK_HOME: home };
    await workbook(['check', '0', '--plain'], { env });
    execFileSync('chmod', ['-R', 'a-w', home]);
    try {
      const options = { env, obeysPermissions: true };
      for (const words of [
        ['check', '0'],
        ['hint', '0'],
      ]) {
        const { stdout, stderr } = await workbook([...words, '--plain'], options);
        assert.notEqual(stdout, '');
        saysOneSentence(stderr, /Your progress could not be written \(EACCES\)/);
      }
      writeFileSync(path.join(home, '0-greeting.ts'), '// mine\n', { flag: 'r+' });
      const reset = await workbook(['reset', '0', '--plain'], options);
      assert.equal(reset.code, 3);
      saysOneSentence(reset.stderr, /starter cannot be put back \(EACCES\)/);
      execFileSync('chmod', ['a-r', verdictFile(home, 'greeting')]);
      const listed = await workbook(['list', '--plain'], options);
      assert.equal(listed.code, 3);
      saysOneSentence(listed.stderr, /record of your progress cannot be read \(EACCES\)/);
    } finally {
      execFileSync('chmod', ['-R', 'u+rwX', home]);
    }
  });
}

test('a record that was damaged is named before it is written over', async () => {
  const home = newFolder();
  const env = { WORKBOOK_HOME: home };
  await workbook(['check', '0', '--plain'], { env });
  writeFileSync(verdictFile(home, 'greeting'), '{"schema": 2, "verd');
  const { stderr } = await workbook(['check', '0', '--plain'], { env });
  saysOneSentence(
    stderr,
    /The record of your progress was damaged; it is kept as .*progress-damaged/,
  );
});

test('a clock that jumps changes no verdict', async () => {
  const folder = newFolder();
  copyFileSync(
    path.join(lessons, '02-basic-operations/1-redis_op.ts'),
    path.join(folder, '1-redis_op.ts'),
  );
  const jumping = path.join(files, 'jumping.cjs');
  writeFileSync(
    jumping,
    `const now = Date.now; let calls = 0;
     Date.now = () => now() + [0, 864e5, -864e5, 36e5][calls++ % 4];
     const Real = Date;
     global.Date = class extends Real { constructor(...given) { super(...(given.length ? given : [Date.now()])); } };`,
  );
  const child = spawn(
    process.execPath,
    ['-r', jumping, start, 'check', '2', '--plain', '--offline'],
    { env: { ...process.env, WORKBOOK_HOME: folder }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  assert.equal(code, 0, text);
  assert.equal(
    readProgress(folder, 'queuing').progress.lessons['basic-operations']?.verdict,
    'passed',
  );
});

const oddNames: Record<string, string> = {
  'blanks, quotes and letters of other scripts': 'ü 漢字 \'quote" $(x) a,b',
  'a deep path': Array.from({ length: 12 }, () => 'a-folder-name').join('/'),
};

for (const [what, name] of Object.entries(oddNames)) {
  test(`${what}: files and temporary files there are graded, run and reported`, async () => {
    const home = path.join(newFolder(), name);
    const temporary = path.join(newFolder(), name);
    for (const folder of [home, temporary]) mkdirSync(folder, { recursive: true });
    copyFileSync(
      path.join(lessons, '02-basic-operations/1-redis_op.ts'),
      path.join(home, '1-redis_op.ts'),
    );
    const env = { WORKBOOK_LESSONS: lessons, WORKBOOK_HOME: home, TMPDIR: temporary };
    for (const words of [
      ['check', '2'],
      ['check', '2', '--offline'],
      ['check', '2', '--dir', home, '--offline'],
      ['report', '2', '--out', temporary, '--offline'],
    ]) {
      const { code, stdout, stderr } = await workbook([...words, '--plain'], { env });
      assert.equal(code, 0, `${words.join(' ')}: ${stdout}${stderr}`);
    }
    assert.ok(existsSync(path.join(temporary, 'workbook-report.html')));
    const ran = await workbook(['run', '2', '--plain'], {
      env,
      onOutput: (text, child) => {
        if (/San ?Francisco|100/.test(text)) child.kill('SIGINT');
      },
    });
    assert.match(ran.stdout, /Reply: OK/);
    rmSync(path.join(temporary, 'workbook-report.html'));
    assert.deepEqual(
      readdirSync(temporary).filter((one) => !one.startsWith('v8-compile-cache')),
      [],
    );
  });
}

test('a temporary folder near the longest path there is: one sentence, or it works', async () => {
  const temporary = path.join(
    newFolder(),
    Array.from({ length: 18 }, () => 'd'.repeat(200)).join('/'),
  );
  mkdirSync(temporary, { recursive: true });
  const env = { WORKBOOK_LESSONS: lessons, WORKBOOK_HOME: newFolder(), TMPDIR: temporary };
  const { code, stderr } = await workbook(['check', '2', '--solution', '--offline'], { env });
  if (code !== 0) {
    assert.equal(code, 3);
    saysOneSentence(stderr, /./);
  }
});

// Signals.

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  if (process.platform === 'win32') continue;
  test(`${signal} ends a run and a watch with ${code}, and nothing is left`, async () => {
    const home = newFolder();
    writeFileSync(path.join(home, '0-greeting.ts'), `${greeting}setInterval(() => {}, 1000);\n`);
    const env = { WORKBOOK_HOME: home };
    for (const [words, ready] of [
      [['run', '0', '--plain'], /Hello/],
      [['watch', '0', '--plain'], /Waiting for you/],
    ] as const) {
      let all = '';
      let told = false;
      const ended = await workbook(words, {
        env,
        onOutput: (text, child) => {
          all += text;
          if (told || !ready.test(unwrapped(all))) return;
          told = true;
          // Node's own debugger must not answer to a program that asks for it.
          child.kill('SIGUSR1');
          child.kill(signal);
        },
      });
      assert.equal(ended.code, code, all);
      assert.doesNotMatch(all, /Debugger listening/);
    }
    await leftovers.none(false);
  });
}

test.run();
