import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { explainEnd } from '../../runner/grading/explain/crash';
import { findRedis } from '../../runner/redis/find';
import { permissionFlags } from '../../runner/sandbox/process/permissions';
import type { Program } from '../../runner/sandbox/process/program';
import { reaper } from '../../runner/sandbox/process/reaper';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { ownTemporaryFolder } from '../support/leftovers';
import { queuing } from '../support/queuing';
import { suite } from '../support/suite';

const test = suite('guard');

/* What a program of a stranger may not do while it is graded, and what it does not get to see. */

const files = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'guard-test-')));
const leftovers = ownTemporaryFolder();

test.after(() => {
  leftovers.remove();
  rmSync(files, { recursive: true, force: true });
});

/** Runs a guarded program until it ends, in a folder that only holds its file and `victim`. */
async function guarded(text: string, look: (program: Program, folder: string) => void) {
  const folder = mkdtempSync(path.join(files, 'scene-'));
  const file = path.join(folder, 'program.js');
  writeFileSync(file, text);
  writeFileSync(path.join(folder, 'victim'), 'whole');
  const sandbox = await Sandbox.open(await findRedis({ reaper }));
  try {
    const program = await sandbox.start({ name: 'program', file });
    await program.exited;
    look(program, sandbox.folder);
  } finally {
    await sandbox.close();
  }
  assert.deepEqual(readdirSync(folder).sort(), ['program.js', 'victim']);
  assert.equal(readFileSync(path.join(folder, 'victim'), 'utf8'), 'whole');
  await leftovers.none(false);
}

const linesOf = (program: Program) => program.output.map(({ text }) => text);

/** Ways to leave something behind outside of the temporary folder, by name. */
const breakouts: Record<string, string> = {
  write: "fs.writeFileSync('new', 'x')",
  append: "fs.appendFileSync('victim', 'x')",
  open: "fs.openSync('victim', fs.constants.O_RDONLY | fs.constants.O_TRUNC)",
  'a way out of the temporary folder': "fs.writeFileSync(os.tmpdir() + '/../new', 'x')",
  'beside the temporary folder': "fs.writeFileSync(os.tmpdir() + '-more', 'x')",
  'a relative path': "process.chdir(os.tmpdir()); fs.writeFileSync('../new', 'x')",
  promises: "await fs.promises.writeFile('new', 'x')",
  stream: "await once(fs.createWriteStream('new'), 'open')",
  mkdir: "fs.mkdirSync('folder')",
  remove: "fs.rmSync('victim')",
  rename: "fs.renameSync('victim', os.tmpdir() + '/victim')",
  copy: "fs.cpSync('victim', 'new')",
  link: "fs.linkSync('victim', os.tmpdir() + '/victim')",
  'symbolic link': "fs.symlinkSync(path.resolve('victim'), os.tmpdir() + '/victim')",
  mode: "fs.chmodSync('victim', 0)",
  'mode by descriptor': "fs.fchmodSync(fs.openSync('victim'), 0)",
  times: "fs.utimesSync('victim', 1, 1)",
  'descriptor by name': "fs.writeFileSync('/proc/self/fd/1', 'x')",
  'a report of Node': "process.report.writeReport(path.resolve('new'))",
  'a heap snapshot': "require('node:v8').writeHeapSnapshot(path.resolve('new'))",
  database: "new (require('node:sqlite').DatabaseSync)('new').exec('create table one (two)')",
  spawn: "require('node:child_process').spawn('true')",
  'spawn and wait': "require('node:child_process').execFileSync('true')",
  fork: "require('node:child_process').fork(__filename)",
  cluster: "require('node:cluster').fork()",
  thread: "new (require('node:worker_threads').Worker)('', { eval: true })",
  addon: "process.dlopen({ exports: {} }, path.resolve('victim'))",
  binding: "process.binding('spawn_sync')",
  inspector: "require('node:inspector').open(0)",
};

test('writes nothing outside of its temporary folder, and starts nothing', () =>
  guarded(
    `const fs = require('node:fs'), os = require('node:os'), path = require('node:path');
     const { once } = require('node:events');
     (async () => {
       const folder = process.cwd();
       fs.writeFileSync(os.tmpdir() + '/own', 'x');
       ${Object.entries(breakouts)
         .map(
           ([name, act]) =>
             `try { ${act}; console.log('${name} is done'); } catch (error) { console.log(error.code); }
              process.chdir(folder);`,
         )
         .join('\n')}
     })();`,
    (program, folder) => {
      const codes = new Set(linesOf(program));
      for (const known of [
        'ERR_ACCESS_DENIED',
        'ERR_DLOPEN_DISABLED',
        'ERR_UNKNOWN_BUILTIN_MODULE',
      ]) {
        codes.delete(known);
      }
      assert.deepEqual([...codes], []);
      assert.equal(linesOf(program).length, Object.keys(breakouts).length);
      assert.equal(readFileSync(path.join(folder, 'own'), 'utf8'), 'x');
    },
  ));

for (const [what, text, message] of [
  ['writes', "require('node:fs').writeFileSync('new', 'x');", /writes to “new”/],
  ['fails to write', "require('node:fs').promises.mkdir('new');", /writes to “new”/],
  ['starts a program', "require('node:child_process').spawn('true');", /starts another program/],
  ['starts a thread', "new (require('node:worker_threads').Worker)('./x.js');", /or thread/],
  ['loads an addon', "require('node:fs'); process.dlopen({ exports: {} }, 'x');", /native addon/],
  ['changes a link', "require('node:fs').symlinkSync('a', 'b');", /may not while it is graded/],
] as const) {
  test(`a program that ${what} is told what it may not do`, () =>
    guarded(text, (program) => {
      const finding = explainEnd(program, queuing);
      assert.equal(finding?.class, 'crash');
      assert.match(finding.message, message);
      assert.match(String(finding.next), /\.$/);
    }));
}

test('the environment holds nothing of whoever grades', async () => {
  const secrets = {
    AWS_SECRET_ACCESS_KEY: 'secret-1',
    GITHUB_TOKEN: 'secret-2',
    NODE_OPTIONS: '--no-deprecation',
    NODE_PATH: '/secret-4',
    SSH_AUTH_SOCK: '/secret-5',
    USER: 'secret-6',
    npm_config_token: 'secret-7',
  };
  const before = { ...process.env };
  Object.assign(process.env, secrets);
  try {
    await guarded(
      `console.log(JSON.stringify({ env: process.env, home: require('node:os').homedir(),
         temporary: require('node:os').tmpdir(), options: process.execArgv.join(' ') }));`,
      (program, folder) => {
        const seen = JSON.parse(linesOf(program).join(''));
        const told = Object.keys(seen.env).filter((name) => !/^(LANG|LC_ALL|TZ)$/.test(name));
        if (process.platform !== 'win32') assert.deepEqual(told.sort(), ['HOME', 'TMPDIR']);
        assert.equal(seen.home, folder);
        assert.equal(seen.temporary, folder);
        for (const secret of Object.values(secrets)) {
          assert.ok(!JSON.stringify(seen).includes(secret), secret);
        }
      },
    );
  } finally {
    for (const name of Object.keys(secrets)) delete process.env[name];
    Object.assign(process.env, before);
  }
});

test('what it imports from beside it is compiled for it beforehand, as it cannot keep that itself', async () => {
  const folder = mkdtempSync(path.join(files, 'imports-'));
  const unique = `of this test ${process.hrtime.bigint()}`;
  writeFileSync(path.join(folder, 'part.ts'), `export const part: string = '${unique}';`);
  const file = path.join(folder, 'main.ts');
  writeFileSync(
    file,
    `import { part } from './part.js';
     console.log(part, Object.keys(require.cache).some((name) => /typescript.lib/.test(name)));`,
  );
  const sandbox = await Sandbox.open(await findRedis({ reaper }));
  try {
    const program = await sandbox.start({ name: 'main', file });
    await program.exited;
    assert.deepEqual(linesOf(program), [`${unique} false`]);
  } finally {
    await sandbox.close();
  }
});

test('a temporary folder that is a link, and has a name of many letters, serves as well', async () => {
  const real = path.join(files, 'ü 漢字, "it\'s"');
  mkdirSync(real);
  const link = path.join(files, 'link');
  symlinkSync(real, link);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = link;
  try {
    const sandbox = await Sandbox.open(await findRedis({ reaper, offline: true }));
    const file = path.join(files, 'writes.js');
    writeFileSync(
      file,
      `const fs = require('node:fs'), os = require('node:os');
       fs.writeFileSync(os.tmpdir() + '/one', 'x');
       fs.writeFileSync(fs.realpathSync(os.tmpdir()) + '/two', 'x');`,
    );
    const program = await sandbox.start({ name: 'writes', file });
    assert.equal((await program.exited).code, 0, linesOf(program).join('\n'));
    assert.ok(existsSync(path.join(sandbox.folder, 'two')));
    await sandbox.close();
  } finally {
    process.env.TMPDIR = before;
  }
});

test('tests of a stranger may use ioredis-mock, Lua scripts and all', async () => {
  const sandbox = await Sandbox.open(await findRedis({ reaper }));
  try {
    const file = path.join(files, 'mock.js');
    writeFileSync(
      file,
      `const RedisMock = require('ioredis-mock');
       new RedisMock().eval("return redis.call('INCRBY', KEYS[1], ARGV[1])", 1, 'n', 7).then(console.log);`,
    );
    const program = await sandbox.start({ name: 'mock', file });
    await program.exited;
    assert.deepEqual(linesOf(program), ['7']);
  } finally {
    await sandbox.close();
  }
});

test('each Node gets the flags that it knows', () => {
  const flags = (...known: string[]) => permissionFlags(files, new Set(known));
  const common = ['--allow-fs-read=*', `--allow-fs-write=${files}${path.sep}`];
  assert.deepEqual(flags(), []);
  assert.deepEqual(flags('--experimental-permission'), ['--experimental-permission', ...common]);
  assert.deepEqual(flags('--permission', '--experimental-permission'), ['--permission', ...common]);
  assert.deepEqual(flags('--permission', '--allow-net', '--experimental-sqlite'), [
    '--permission',
    ...common,
    '--allow-net',
    '--no-experimental-sqlite',
  ]);
  assert.notDeepEqual(permissionFlags(files), []);
});

test.run();
