import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findRedis } from '../../runner/redis/find';
import { EnvironmentError } from '../../runner/redis/instance';
import { chooseIsolation } from '../../runner/sandbox/isolation/choose';
import { endBehindWalls } from '../../runner/sandbox/isolation/ending';
import { probeWalls } from '../../runner/sandbox/isolation/probe';
import { Visible } from '../../runner/sandbox/isolation/visible';
import type { Program } from '../../runner/sandbox/process/program';
import { reaper } from '../../runner/sandbox/process/reaper';
import { WarmPool } from '../../runner/sandbox/process/warm-pool';
import { Sandbox, type StartOptions } from '../../runner/sandbox/sandbox';
import { suite } from '../support/suite';

const test = suite('isolation');

/* Which isolation is chosen, and what a program behind walls sees and may do. */

const files = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'isolation-test-')));
const walled = { needs: ['bwrap'] } as const;
let scenes = 0;

test.after(() => rmSync(files, { recursive: true, force: true }));

/** A folder with a program. */
function laidOut(text: string): { folder: string; file: string } {
  scenes += 1;
  const folder = path.join(files, `scene-${scenes}`);
  mkdirSync(folder);
  const file = path.join(folder, 'program.js');
  writeFileSync(file, text);
  return { folder, file };
}

/** Runs a program behind walls until it ends. */
async function behind(
  file: string,
  look: (program: Program, sandbox: Sandbox) => unknown,
  options: Partial<StartOptions> = {},
  warmPool?: WarmPool,
): Promise<void> {
  const redis = await findRedis({ offline: true, reaper });
  const sandbox = await Sandbox.open(redis, { isolation: 'walls', warmPool });
  try {
    await look(await sandbox.start({ name: 'program', file, ...options }), sandbox);
  } finally {
    await sandbox.close();
  }
}

const linesOf = (program: Program) => program.output.map(({ text }) => text);

async function printed(program: Program): Promise<string[]> {
  await program.exited;
  return linesOf(program);
}

const works = async () => ({ works: true }) as const;
const fails = async () => ({ works: false, reason: 'bubblewrap is not installed' }) as const;

test('without a wish it is the highest that can be had, and says why it is no higher', async () => {
  assert.deepEqual(await chooseIsolation(undefined, works), { isolation: 'walls' });
  assert.deepEqual(await chooseIsolation(undefined, fails), {
    isolation: 'guard',
    lacks: 'bubblewrap is not installed',
  });
});

test('what is asked for is had, or refused in a sentence', async () => {
  assert.deepEqual(await chooseIsolation('walls', works), { isolation: 'walls' });
  const unasked = async () => assert.fail('walls are not asked for');
  for (const level of ['guard', 'none'] as const) {
    assert.deepEqual(await chooseIsolation(level, unasked), { isolation: level });
  }
  await assert.rejects(chooseIsolation('walls', fails), (error) => {
    assert.ok(error instanceof EnvironmentError);
    assert.match(error.message, /bubblewrap is not installed\.$/);
    assert.match(error.next, /--isolation guard\.$/);
    return true;
  });
});

test(
  'walls stand on this machine',
  async () => {
    assert.deepEqual(await probeWalls(), { works: true });
  },
  walled,
);

/** Runs the probe in a process of its own, started by another command. */
function probedBy(command: string, ...args: string[]): string {
  const probe = require.resolve('../../runner/sandbox/isolation/probe');
  const hook = require.resolve('../../runner/hook.cjs');
  const script = `require(${JSON.stringify(probe)}).probeWalls().then((told) => console.log(JSON.stringify(told)))`;
  const words = [...args, process.execPath, '-r', hook, '-e', script];
  const { stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  return stdout || stderr;
}

test(
  'where user namespaces are forbidden there are none, and the reason is told',
  () => {
    const world = ['--unshare-user', '--uid', '1000', '--disable-userns', '--dev-bind', '/', '/'];
    const told = JSON.parse(probedBy('bwrap', ...world));
    assert.equal(told.works, false);
    assert.match(told.reason, /^bubblewrap fails: .*namespace/);
  },
  walled,
);

test(
  'they stand for a user without rights too',
  () => {
    if (process.getuid?.() !== 0) return;
    const nobody = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];
    assert.equal(probedBy('setpriv', ...nobody), '{"works":true}\n');
  },
  { needs: ['bwrap', 'setpriv'] },
);

test(
  'a program sees its own files, and nothing of the machine',
  async () => {
    const secret = path.join(files, 'secret');
    writeFileSync(secret, 'of somebody else');
    const places = ['/etc/passwd', os.homedir(), secret, files, '/root', '/home', '/var'];
    const { file } = laidOut(`
      const fs = require('node:fs'), os = require('node:os');
      const places = ${JSON.stringify(places)}.filter((one) => {
        try { return fs.statSync(one).isFile() || fs.readdirSync(one).some((name) => !/^scene-\\d+$/.test(name)); }
        catch { return false; }
      });
      console.log(JSON.stringify({
        places,
        own: fs.readFileSync(__filename, 'utf8').length > 0,
        ids: fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length,
        interfaces: Object.keys(os.networkInterfaces()).filter((name) => name !== 'lo'),
        names: Object.keys(process.env).sort().filter((name) => !/^(LANG|LC_ALL|TZ)$/.test(name)),
      }));`);
    await behind(file, async (program) => {
      assert.deepEqual(JSON.parse((await printed(program)).join('')), {
        places: [],
        own: true,
        ids: 2,
        interfaces: [],
        names: ['HOME', 'TMPDIR'],
      });
    });
  },
  walled,
);

test(
  'it reaches its Redis and its own server, and neither another machine nor a socket of this one',
  async () => {
    const socket = path.join(files, 'socket');
    const { file } = laidOut(`
      const net = require('node:net'), http = require('node:http'), dns = require('node:dns');
      const tried = (options) => new Promise((resolve) => net.connect(options)
        .once('error', (error) => resolve(error.code)).once('connect', () => resolve('connected')));
      (async () => {
        console.log(await tried({ host: '192.0.2.1', port: 80 }));
        console.log(await tried({ path: ${JSON.stringify(socket)} }));
        for (const name of ['localhost', 'example.com']) {
          console.log(await dns.promises.lookup(name).then(({ address }) => address, ({ code }) => code));
        }
        const client = net.connect(6379);
        client.write('PING\\r\\n');
        client.once('data', (reply) => {
          console.log(String(reply).trim());
          client.end();
        });
        const server = http.createServer((_, response) => response.end('here')).listen(1245, () =>
          http.get('http://127.0.0.1:1245/', (response) => response.on('data', (text) => {
            console.log(String(text));
            server.close();
          })));
      })();`);
    const { createServer } = await import('node:net');
    const server = createServer().listen(socket);
    try {
      await behind(file, async (program) => {
        const lines = await printed(program);
        const outside = ['ENETUNREACH', 'ENOENT', '127.0.0.1', 'ENOTFOUND'];
        assert.deepEqual(lines.slice(0, 4), outside);
        assert.deepEqual(lines.slice(4).sort(), ['+PONG', 'here']);
      });
    } finally {
      server.close();
    }
  },
  walled,
);

test(
  'it writes only at home, no more than there is room for, and starts nothing',
  async () => {
    const { file } = laidOut(`
      const fs = require('node:fs'), os = require('node:os');
      const tried = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
      const sockets = fs.readdirSync('/tmp').map((name) => '/tmp/' + name + '/s/left');
      console.log(JSON.stringify({
        home: tried(() => fs.writeFileSync(os.homedir() + '/own', 'x')),
        others: ['/left', '/tmp/left', '/dev/left', __dirname + '/left', ...sockets]
          .map((place) => tried(() => fs.writeFileSync(place, 'x'))).filter((code) => !/^(E\\w+)$/.test(code)),
        child: tried(() => require('node:child_process').execFileSync(process.execPath)),
        room: tried(() => { for (let i = 0; i < 5; i += 1) fs.writeFileSync(os.homedir() + '/' + i, Buffer.alloc(20e6)); }),
        files: tried(() => { for (let i = 0; i < 1e5; i += 1) fs.openSync(__filename); }),
      }));`);
    await behind(file, async (program) => {
      assert.deepEqual(JSON.parse((await printed(program)).join('')), {
        home: 'done',
        others: [],
        child: 'ERR_ACCESS_DENIED',
        room: 'ENOSPC',
        files: 'EMFILE',
      });
    });
  },
  walled,
);

for (const [what, text, end] of [
  ['a code', 'process.exitCode = 7', { code: 7, signal: null }],
  ['a code that could be a signal’s', 'process.exit(143)', { code: 143, signal: null }],
  ['a signal', "process.kill(process.pid, 'SIGKILL')", { code: null, signal: 'SIGKILL' }],
  ['an abort', 'process.abort()', { code: null, signal: 'SIGABRT' }],
] as const) {
  test(
    `its end is told as it was: ${what}`,
    () =>
      behind(laidOut(text).file, async (program) => assert.deepEqual(await program.exited, end)),
    walled,
  );
}

test('of a code that stands for no signal nothing else is made', () => {
  assert.deepEqual(endBehindWalls(255, null), { code: 255, signal: null });
  assert.deepEqual(endBehindWalls(0, null), { code: 0, signal: null });
  assert.deepEqual(endBehindWalls(null, 'SIGKILL'), { code: null, signal: 'SIGKILL' });
});

test(
  'SIGTERM reaches it, and may be heard',
  async () => {
    const { file } = laidOut(`
      process.once('SIGTERM', () => { console.log('heard'); process.exit(3); });
      setInterval(() => {}, 1000);
      console.log('waits');`);
    await behind(file, async (program, { journal }) => {
      await journal.until(() => linesOf(program).includes('waits'), 20_000);
      program.terminate();
      assert.deepEqual(await program.exited, { code: 3, signal: null });
      assert.deepEqual(linesOf(program), ['waits', 'heard']);
    });
  },
  walled,
);

for (const [limit, text, limits] of [
  ['memory', 'global.kept = []; setInterval(() => kept.push(Buffer.alloc(5e7, 1)), 5);', {}],
  ['time', 'for (;;);', { busy: 300 }],
] as const) {
  test(
    `its limits count for the program itself: ${limit}`,
    () =>
      behind(
        laidOut(text).file,
        async (program) => assert.equal((await program.exited).by, limit),
        { limits },
      ),
    walled,
  );
}

test(
  'packages that are links are found where they lead',
  async () => {
    const store = path.join(files, 'store', 'node_modules');
    for (const [name, imports] of [
      ['one', "require('two')"],
      ['two', "'of the store'"],
    ] as const) {
      mkdirSync(path.join(store, name), { recursive: true });
      writeFileSync(path.join(store, name, 'index.js'), `module.exports = ${imports};`);
    }
    const { file, folder } = laidOut("console.log(require('one'));");
    mkdirSync(path.join(folder, 'node_modules'));
    symlinkSync(path.join(store, 'one'), path.join(folder, 'node_modules', 'one'));
    await behind(file, async (program) => {
      assert.deepEqual(await printed(program), ['of the store']);
    });
  },
  walled,
);

test('a link among packages opens only what was installed', () => {
  const own = path.join(files, 'own');
  const secret = path.join(files, 'private');
  for (const folder of [path.join(own, 'node_modules', '@scope'), secret]) {
    mkdirSync(folder, { recursive: true });
  }
  symlinkSync(secret, path.join(own, 'node_modules', 'one'));
  symlinkSync('../../../private', path.join(own, 'node_modules', '@scope', 'two'));
  const visible = new Visible();
  visible.showPackages(own);
  assert.ok(visible.places.includes(path.join(own, 'node_modules')));
  assert.ok(!visible.places.some((place) => place === secret || secret.startsWith(`${place}/`)));
});

test('a folder that is reached by a link is seen at both names', () => {
  const real = path.join(files, 'real');
  mkdirSync(path.join(real, 'inner'), { recursive: true });
  symlinkSync('real', path.join(files, 'alias'));
  const visible = new Visible();
  visible.show(path.join(files, 'alias', 'inner'));
  assert.deepEqual(visible.places, [path.join(real, 'inner')]);
  assert.deepEqual(visible.links, [[path.join(files, 'alias'), 'real']]);
});

test(
  'a program that was started beforehand is behind them as well',
  async () => {
    const warmPool = new WarmPool();
    const { file } = laidOut(`
      console.log(require('node:fs').existsSync('/etc/passwd'));
      require('node:http').createServer().listen(1245, () => process.exit());`);
    try {
      for (const waiting of [0, 1]) {
        const before = warmPool.processes;
        assert.equal(before.length, waiting);
        await behind(
          file,
          async (program) => {
            if (waiting === 1) assert.deepEqual(before, [program.pid]);
            assert.deepEqual(await printed(program), ['false']);
            assert.equal(program.exit?.code, 0);
          },
          {},
          warmPool,
        );
        await warmPool.refill();
      }
    } finally {
      await warmPool.close();
    }
  },
  walled,
);

test.run();
