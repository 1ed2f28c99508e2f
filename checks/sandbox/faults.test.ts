import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import * as assert from 'uvu/assert';
import { workedVersion } from '../../runner/course/course';
import { findRedis, installedServer } from '../../runner/redis/find';
import { EnvironmentError } from '../../runner/redis/instance';
import { encodeCommand } from '../../runner/redis/protocol/resp';
import { privateServer } from '../../runner/redis/server/private-server';
import type { Reaper } from '../../runner/redis/temporary';
import { urlRedis } from '../../runner/redis/url/source';
import { reaper } from '../../runner/sandbox/process/reaper';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { type Fault, FaultPoint } from '../../runner/sandbox/tap/faults';
import { runLoad } from '../../runner/vocabulary/http/load';
import { errorText, runWithFault } from '../support/fault-trial';
import { gradeText } from '../support/graded-text';
import { ownTemporaryFolder } from '../support/leftovers';
import { queuing } from '../support/queuing';
import { freePort } from '../support/redis-probe';
import { suite } from '../support/suite';
import { allTrials } from '../support/trial';

/*
 * Connections break, Redis ends: a check ends all the same, with a verdict that names the cause.
 * `npm run faults` tries every command of every worked version; here are a few.
 */

const test = suite('faults');
const folder = mkdtempSync(path.join(os.tmpdir(), 'faults-test-'));
process.env.XDG_STATE_HOME = path.join(folder, 'state');
process.env.LOCALAPPDATA = process.env.XDG_STATE_HOME;
const leftovers = ownTemporaryFolder();

test.after(async () => {
  await leftovers.none(false);
  leftovers.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Longer than any verdict here takes on a slow machine, in ms. */
const limit = 60_000;

const delay = { what: 'delay', ms: 150 } as const;

const points: { file: string; offline: boolean; fault: Fault; becomes: string }[] = [
  ['1-redis_op', false, { program: '1-redis_op', at: 2, what: 'cut' }, 'redis-unreachable'],
  ['7-job_processor', true, { program: 'creator', at: 20, what: 'kill' }, 'redis-unreachable'],
  ['6-job_processor', false, { program: '6-job_processor', at: 7, ...delay }, 'passed'],
  ['6-job_processor', false, { program: '6-job_processor', at: 60, ...delay }, 'passed'],
  ['6-job_creator', true, { program: 'processor', at: 5, ...delay }, 'passed'],
  ['9-stock', true, { program: '9-stock', at: 10, what: 'refuse' }, 'redis-unreachable'],
].map(([file, offline, fault, becomes]) => ({ file, offline, fault, becomes }) as never);

test('a fault between a program and Redis is told as what it is, and a delay not at all', async () => {
  const faults: string[] = [];
  await pMap(
    points,
    async ({ file, offline, fault, becomes }) => {
      const redis = await findRedis({ offline, reaper });
      const trial = allTrials().find((one) => one.kind === 'worked' && one.file === file);
      if (!trial) throw new Error(`no worked version of ${file}`);
      const outcome = await runWithFault(trial, redis, fault, limit);
      if (outcome.kind !== becomes || outcome.fault !== undefined) {
        faults.push(`${errorText(fault)}: ${outcome.kind} ${outcome.fault ?? ''}`);
      }
    },
    { concurrency: os.availableParallelism() },
  );
  assert.is(faults.join('\n'), '');
});

const connects = `import redis from 'redis';
const client = redis.createClient();
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log('Redis client not connected to the server: ' + error));
`;

test('connections that are refused are a loss, also if the program was about to end its own', async () => {
  const file = path.join(folder, 'leaves.js');
  writeFileSync(file, "require('node:net').connect(6379).end('QUIT\\r\\n');\n");
  const fault: Fault = { program: 'leaves', at: 1, what: 'refuse' };
  const sandbox = await Sandbox.open(await findRedis({ offline: true, reaper }), { fault });
  try {
    await (await sandbox.start({ name: 'leaves', file })).exited;
    await sandbox.journal.until(() => sandbox.losses.length > 0, limit);
    assert.equal(
      sandbox.losses.map(({ program, refused }) => ({ program, refused })),
      [{ program: 'leaves', refused: true }],
    );
  } finally {
    await sandbox.close();
  }
});

test('a program that ends Redis is told so', async () => {
  const redis = await findRedis({ offline: true, reaper });
  const { finding } = await gradeText(folder, redis, `${connects}client.shutdown('NOSAVE');\n`);
  assert.is(finding?.class, 'wrong-command');
  const message = 'The program 0-redis_client sent “SHUTDOWN NOSAVE”, which ends Redis itself.';
  assert.is(finding?.message, message);
});

test('a program that ends connections with CLIENT KILL is judged by that', async () => {
  const redis = await findRedis({ offline: true, reaper });
  const killing = (...words: string[]) =>
    gradeText(
      folder,
      redis,
      `${connects}client.client(${words.map((one) => `'${one}'`).join(', ')});\n`,
    );
  // Its own: the client connects anew, and says so.
  const own = await killing('KILL', 'ID', '2', 'SKIPME', 'no');
  assert.is(own.finding?.class, 'wrong-output');
  const all = await killing('KILL', 'TYPE', 'normal', 'SKIPME', 'no');
  assert.is(
    all.finding?.message,
    'The program 0-redis_client sent “CLIENT KILL TYPE normal SKIPME no”, which ends the connections of others, too.',
  );
});

test(
  'settings by which Redis refuses what the check asks are told as that',
  async () => {
    const redis = await findRedis({ reaper });
    const worked = readFileSync(workedVersion(queuing, '1-redis_op'), 'utf8');
    const text = `${worked}\nclient.config('SET', 'maxmemory', '1');\n`;
    const { finding } = await gradeText(folder, redis, text, 2, '1-redis_op');
    assert.is(finding?.class, 'wrong-command', finding?.message);
    assert.match(finding?.message ?? '', /Redis refuses the check’s own commands: “OOM/);
  },
  { needs: ['redis-server'] },
);

test('bytes that are no command are no loss', async () => {
  const redis = await findRedis({ offline: true, reaper });
  const text = `${connects}require('node:net').connect(6379).on('error', () => {}).end('*1\\r\\n!\\r\\n');\n`;
  const { verdict, finding } = await gradeText(folder, redis, text);
  assert.is(verdict, 'passed', finding?.message);
});

test(
  'a redis-server that is killed in the middle is named',
  async () => {
    const installed = await installedServer();
    assert.ok(installed, 'redis-server does not start');
    const pidFile = path.join(folder, 'pid');
    const telling: Reaper = {
      ...reaper,
      group(pid) {
        writeFileSync(pidFile, String(pid));
        return reaper.group(pid);
      },
    };
    const kills = `process.kill(Number(require('node:fs').readFileSync(${JSON.stringify(pidFile)}, 'utf8')), 'SIGKILL')`;
    const killer = `${connects}client.on('ready', () => ${kills});\n`;
    const own = privateServer(installed.executable, installed.version, { reaper: telling });
    const { finding } = await gradeText(folder, own, killer);
    assert.is(finding?.class, 'redis-unreachable');
    assert.match(finding?.message ?? '', /redis-server of this check ended in the middle/);

    const port = await freePort();
    const theirs = await own.open({ port });
    try {
      const given = await gradeText(folder, await urlRedis(`redis://127.0.0.1:${port}`), killer);
      assert.is(given.finding?.class, 'redis-unreachable');
      assert.match(given.finding?.message ?? '', /^The Redis of --redis went away/);
    } finally {
      await theirs.close();
    }

    const file = path.join(folder, '9-stock.js');
    writeFileSync(file, `require('express')().use(() => ${kills}).listen(1245);\n`);
    const stock = queuing.lessons.find((one) => one.number === 12);
    const load = path.join(stock?.folder ?? '', 'load.ts');
    const fault = await runLoad({
      load,
      file,
      folder,
      course: queuing,
      servers: 1,
      requests: 2,
      redis: own,
    }).catch((error: unknown) => error);
    assert.instance(fault, EnvironmentError);
  },
  { needs: ['redis-server'] },
);

test('a fault meets the command that it is meant for, however the bytes are cut', () => {
  const bytes = Buffer.concat([
    encodeCommand(['SET', 'a', '*1\r\n']),
    encodeCommand(['GET', 'a']),
    encodeCommand(['QUIT']),
  ]);
  const second = encodeCommand(['SET', 'a', '*1\r\n']).length;
  for (let size = 1; size <= bytes.length; size += 1) {
    const gate = new FaultPoint({ program: '', at: 2, what: 'cut' }).gate();
    let at = 0;
    let split: ReturnType<typeof gate.split>;
    for (; at < bytes.length && !split; at += size) {
      split = gate.split(bytes.subarray(at, at + size));
    }
    const start = at - size;
    const before = start + (split?.before.length ?? 0);
    // The head of a command that comes in pieces has gone ahead.
    assert.is(before, Math.max(start, second), `chunks of ${size}`);
    const chunk = bytes.subarray(start, start + size);
    assert.equal(Buffer.concat([split?.before ?? chunk, split?.rest ?? chunk]), chunk);
  }
});

test('commands are counted over all connections of a program', () => {
  const point = new FaultPoint({ program: '', at: 3, what: 'cut' });
  const [one, two] = [point.gate(), point.gate()];
  const ping = encodeCommand(['PING']);
  assert.is(one.split(ping), undefined);
  assert.is(two.split(ping), undefined);
  assert.is(one.split(ping)?.rest.length, ping.length);
});

test.run();
