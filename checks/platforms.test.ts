import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { suspended } from '../runner/commands/suspension';
import { openConnection } from '../runner/redis/connection';
import { embeddedRedis } from '../runner/redis/embedded/server/source';
import { installedServer, searchPath } from '../runner/redis/find';
import type { RedisSource } from '../runner/redis/instance';
import { inOwnNetwork } from '../runner/redis/server/own-network';
import { privateServer } from '../runner/redis/server/private-server';
import { temporaryFolderFault, temporaryPlace } from '../runner/redis/temporary';
import { claimsFolder } from '../runner/redis/url/claim';
import { describeScreen } from '../runner/report/terminal/screen';
import { probeWalls } from '../runner/sandbox/isolation/probe';
import { withinLimits } from '../runner/sandbox/isolation/resource-limits';
import { programEnvironment } from '../runner/sandbox/process/environment';
import { pidsOf } from '../runner/sandbox/process/marker';
import { ownGroup, treeKilling } from '../runner/sandbox/process/process-group';
import { reaper, reaperWords } from '../runner/sandbox/process/reaper';
import { parsePs, usageWords } from '../runner/sandbox/process/usage';
import { queueIsFull } from '../runner/sandbox/server-connection';
import { removeSocket, socketPath } from '../runner/sandbox/socket-path';
import { suite } from './support/suite';

/* What the runner does on the systems that this one is not. */

const systems = ['linux', 'darwin', 'win32'] as const;

/** What a decision comes to on each system. */
function onEach<Result>(decide: (platform: (typeof systems)[number]) => Result): Result[] {
  return systems.map(decide);
}

const test = suite('platforms');
const folder = mkdtempSync(path.join(os.tmpdir(), 'platforms-test-'));
test.after(() => rmSync(folder, { recursive: true }));

// Processes.

test('a process gets a group of its own, but for Windows, where its tree is ended', () => {
  assert.equal(
    onEach((platform) => ownGroup(platform).detached),
    [true, true, false],
  );
  assert.is(treeKilling(42).join(' '), 'taskkill /T /F /PID 42');
});

test('the system limits a program, but for Windows', () => {
  const line = { command: 'node', args: ['file.js'] };
  assert.equal(
    onEach((platform) => withinLimits(line, platform).command),
    ['/bin/sh', '/bin/sh', 'node'],
  );
  assert.equal(withinLimits(line, 'darwin').args.slice(-2), ['node', 'file.js']);
  assert.equal(withinLimits(line, 'win32'), line);
});

test('a program finds its home by the names of its system', () => {
  const own = { PATH: '/bin', SystemRoot: 'C:\\Windows', SECRET: 'x' };
  const names = onEach((platform) =>
    Object.keys(programEnvironment('/home', false, own, platform)).join(' '),
  );
  const posix = 'SystemRoot HOME TMPDIR';
  assert.equal(names, [posix, posix, 'SystemRoot USERPROFILE TEMP TMP']);
});

test('walls are for Linux on the processors that they are made for', async () => {
  for (const platform of ['darwin', 'win32'] as const) {
    const { works, reason } = { reason: '', ...(await probeWalls({ platform, arch: 'x64' })) };
    assert.equal({ works, reason }, { works: false, reason: 'bubblewrap is for Linux' });
  }
  const riscv = await probeWalls({ platform: 'linux', arch: 'riscv64' });
  assert.equal(riscv, { works: false, reason: 'they are not made for riscv64' });
});

test('what macOS lists of a marked process is recognised, and nobody else', () => {
  const list = [
    '    1 /sbin/launchd WORKBOOK_MARKER=abc.1.',
    '  731 /usr/local/bin/node main.js HOME=/x WORKBOOK_MARKER=abc.1. LANG=C',
    ` ${process.pid} node runner WORKBOOK_MARKER=abc.1.`,
    '12345 node other.js WORKBOOK_MARKER=abc.2.',
    '',
  ].join('\n');
  assert.equal(pidsOf(list, 'WORKBOOK_MARKER=abc.1.'), [731]);
});

test('what a process takes is asked of ps and of tasklist', () => {
  assert.is(usageWords(42, 'darwin').join(' '), 'ps -o rss= -o time= -p 42');
  assert.is(usageWords(42, 'win32').join(' '), 'tasklist /FI PID eq 42 /FO CSV /NH /V');
});

test(
  'the ps of macOS is asked in words that any full ps takes',
  async () => {
    const [command, ...words] = usageWords(process.pid, 'darwin');
    const usage = parsePs(await printed(command, words));
    assert.ok(usage && usage.resident > 10_000_000, 'memory is read');
  },
  { needs: ['ps'] },
);

test('Ctrl-Z stops nothing on Windows, and draws nothing', async () => {
  let drawn = '';
  await suspended({ write: (text: string) => (drawn += text) } as never, 'win32');
  assert.is(drawn, '');
});

// Sockets, pipes and ports.

test('something of a check listens on a socket in its folder, on Windows on a named pipe', () => {
  for (const platform of ['linux', 'darwin'] as const) {
    assert.is(socketPath('/tmp/qw-abc', 's', platform), path.join('/tmp/qw-abc', 's'));
  }
  assert.is(socketPath('C:\\Temp\\qw-abc', 's', 'win32'), '\\\\.\\pipe\\qw-abc-s');
});

test('a socket is removed, and on Windows nothing', () => {
  const file = path.join(folder, 'socket');
  writeFileSync(file, '');
  removeSocket(file, 'win32');
  assert.ok(existsSync(file));
  removeSocket(file, 'darwin');
  assert.not.ok(existsSync(file));
});

test('a full queue has another name on each system', () => {
  assert.equal(onEach(queueIsFull), ['EAGAIN', 'ECONNREFUSED', 'ECONNREFUSED']);
});

test('on Windows the embedded Redis listens on loopback', () =>
  expectLoopback(embeddedRedis(reaper, 'win32')));

test(
  'on Windows a redis-server listens on loopback',
  async () => {
    const { executable = '', version = '' } = (await installedServer()) ?? {};
    await expectLoopback(privateServer(executable, version, { reaper, platform: 'win32' }));
  },
  { needs: ['redis-server'] },
);

test('only Linux gives a server a network of its own', async () => {
  const line = { command: 'redis-server', args: [] };
  assert.is(await inOwnNetwork(line, 'darwin'), line);
  assert.is(await inOwnNetwork(line, 'win32'), line);
});

// Places and texts.

test('temporary files are where the system has them, and its variable is named', () => {
  const deep = `/${'x'.repeat(90)}`;
  assert.equal(
    onEach((platform) => temporaryPlace(deep, platform)),
    ['/tmp', '/tmp', deep],
  );
  for (const code of ['ENOENT', 'ENOSPC', 'EACCES']) {
    const next = onEach((platform) => temporaryFolderFault({ code }, '/x', platform).next);
    assert.equal(
      next.map((one) => /set (\w+) to/i.exec(one)?.[1]),
      ['TMPDIR', 'TMPDIR', 'TEMP'],
    );
  }
});

test('claims are kept where the system keeps what is neither configuration nor cache', () => {
  const env = { LOCALAPPDATA: '/local', XDG_STATE_HOME: '/state' };
  const folders = onEach((platform) => claimsFolder({ platform, env }));
  const rest = path.join('queuing-workbook', 'claims');
  assert.equal(
    folders,
    ['/state', '/state', '/local'].map((place) => path.join(place, rest)),
  );
});

test('a terminal of Windows has more letters than ASCII, whatever the locale says', () => {
  const env = { LC_ALL: 'C' };
  assert.equal(
    onEach((platform) => describeScreen({}, env, false, platform).ascii),
    [true, true, false],
  );
});

// What takes a script, and paths without a colon, to show.
if (process.platform !== 'win32') {
  test('on Windows the reaper is a Node that ends trees and removes folders', async () => {
    const place = path.join(folder, 'reaped');
    const said = path.join(folder, 'said');
    const bin = path.join(folder, 'bin');
    for (const made of [place, path.join(folder, 'kept'), bin]) mkdirSync(made);
    writeFileSync(path.join(bin, 'taskkill'), `#!/bin/sh\necho "$@" >> ${said}\n`);
    chmodSync(path.join(bin, 'taskkill'), 0o700);
    const [command, ...words] = reaperWords('win32');
    const child = spawn(command, words, {
      stdio: ['pipe', 'ignore', 'inherit'],
      env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
    });
    child.stdin.end(
      `+m MARKER=x\n+p 41\n+p 42\n-p 41\n+d ${place}\n+d ${folder}/kept\n-d ${folder}/kept\n`,
    );
    await once(child, 'exit');
    assert.is(readFileSync(said, 'utf8'), '/T /F /PID 42\n');
    assert.not.ok(existsSync(place));
    assert.ok(existsSync(path.join(folder, 'kept')));
    assert.equal(onEach((platform) => reaperWords(platform)[0]).slice(0, 2), [
      '/bin/sh',
      '/bin/sh',
    ]);
  });

  test('a server is looked for by the names that programs have', () => {
    const bin = path.join(folder, 'programs');
    mkdirSync(bin);
    for (const name of ['redis-server', 'redis-server.exe']) {
      writeFileSync(path.join(bin, name), '', { mode: 0o700 });
    }
    const found = onEach((platform) => {
      const PATH = ['/nowhere', bin].join(platform === 'win32' ? ';' : ':');
      return path.basename(searchPath('redis-server', { platform, env: { PATH } }) ?? '');
    });
    assert.equal(found, ['redis-server', 'redis-server', 'redis-server.exe']);
  });
}

async function expectLoopback(source: RedisSource): Promise<void> {
  const redis = await source.open();
  try {
    assert.is('host' in redis.address && redis.address.host, '127.0.0.1');
    const connection = await openConnection(redis);
    assert.is(String(await connection.send('PING')), 'PONG');
    await connection.close();
  } finally {
    await redis.close();
  }
}

async function printed(command: string, words: string[]): Promise<string> {
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  await once(child, 'close');
  return text;
}

test.run();
