import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { installedServer } from '../../runner/redis/find';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { howToInstall } from '../support/installed';
import { ownTemporaryFolder } from '../support/leftovers';
import { sourceOf } from '../support/redis-source';
import { suite } from '../support/suite';
import { type Attack, type Evidence, outcomeAt } from './attacks/attack';
import { files } from './attacks/files';
import { network } from './attacks/network';
import { processes } from './attacks/processes';
import { redis } from './attacks/redis';
import { resources } from './attacks/resources';
import { type Bait, Scene } from './attacks/scene';
import { verdict } from './attacks/verdict';

const test = suite('attacks', { limit: 120_000 });

/*
 * Programs of a stranger that attack whoever grades them, each at both levels of isolation. What
 * docs/untrusted.md names as not stopped has to succeed here: so it stays true.
 */

const attacks = [...files, ...network, ...processes, ...resources, ...verdict, ...redis];
const leftovers = ownTemporaryFolder();

test.after(() => leftovers.remove());

/** How long one may take on a bare Node, in milliseconds. */
const patience = 60_000;

/** What `tell` puts before a value. */
const mark = 'TOLD ';

function programOf({ text }: Attack, bait: Bait): string {
  return `const fs = require('node:fs'), net = require('node:net'), os = require('node:os'), path = require('node:path');
    const at = ${JSON.stringify(bait)};
    const write = fs.writeSync, { stringify } = JSON, exit = process.exit.bind(process);
    const print = (line) => write(1, line + '\\n');
    const tell = (value) => print('${mark}' + stringify(value));
    const later = (time) => new Promise((done) => setTimeout(done, time));
    const visit = (socket) => new Promise((done) => {
      for (const event of ['error', 'data', 'response', 'close']) socket.once(event, done);
      socket.on('error', () => {});
    });
    process.on('uncaughtException', (error) => { print(String(error)); exit(1); });
    if (process.argv[2] !== 'child') (async () => {
      ${text}
    })().then(() => exit(0), (error) => { print(String(error)); exit(1); });`;
}

function toldIn(lines: readonly string[]): unknown[] {
  return lines
    .filter((line) => line.startsWith(mark))
    .map((line): unknown => JSON.parse(line.slice(mark.length)));
}

/** Runs an attack in a world of its own, and looks at what is left. */
async function attacked(
  attack: Attack,
  run: (scene: Scene) => Promise<Pick<Evidence, 'program' | 'commands'> & { lines: string[] }>,
): Promise<{ got: boolean; lines: string[] }> {
  const scene = await Scene.open();
  try {
    writeFileSync(scene.file, programOf(attack, scene.bait));
    const { lines, ...evidence } = await run(scene);
    return { got: attack.got({ told: toldIn(lines), scene, ...evidence }), lines };
  } finally {
    await scene.close();
  }
}

function attackedAt(isolation: 'walls' | 'guard', attack: Attack) {
  return attacked(attack, async ({ file }) => {
    const source = await sourceOf(attack.redis ?? 'embedded');
    const sandbox = await Sandbox.open(source, { isolation });
    try {
      const { limits = {} } = attack;
      const program = await sandbox.start({ name: 'program', file, limits });
      await program.exited;
      const commands = sandbox.journal.commands('program').map(({ words }) => String(words[0]));
      return { program, commands, lines: program.output.map(({ text }) => text) };
    } finally {
      await sandbox.close();
    }
  });
}

const run = promisify(execFile);

/** What it prints on a Node that nothing holds. */
function attackedBare(attack: Attack) {
  return attacked(attack, async ({ file, root, bait: { own } }) => {
    const env = { ...process.env, TMPDIR: path.join(root, 'temporary') };
    const options = { cwd: own, timeout: patience, env };
    const printed = await run(process.execPath, [file], options).catch(
      (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
    );
    return { commands: [], lines: printed.stdout.split('\n') };
  });
}

async function tests() {
  if (process.platform !== 'linux') return test.skip('attacks', 'these attacks are for Linux');
  const server = await installedServer();
  if (!server) test.skip('attacks on a real Redis', howToInstall('redis-server'));
  const rows = attacks.filter((one) => server || one.redis !== 'server');

  test.rows(
    rows.filter(({ notBare }) => notBare === undefined),
    ({ title }) => `a program that nothing holds ${title}`,
    async (attack) => {
      const { got, lines } = await attackedBare(attack);
      assert.ok(got, lines.join('\n'));
    },
    { width: 2 },
  );

  for (const isolation of ['walls', 'guard'] as const) {
    test.rows(
      rows.map((attack) => ({ attack, outcome: outcomeAt(attack, isolation) })),
      ({ attack, outcome }) => `${isolation}, ${outcome}: ${attack.title}`,
      async ({ attack, outcome }) => {
        const { got, lines } = await attackedAt(isolation, attack);
        assert.equal(got ? 'known' : 'stopped', outcome, lines.join('\n'));
      },
      { width: 2, ...(isolation === 'walls' ? { needs: ['bwrap'] } : {}) },
    );
  }

  test('they leave nothing behind', () => leftovers.none(false));
}

void tests().then(() => test.run());
