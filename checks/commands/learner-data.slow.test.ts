import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { workedVersion } from '../../runner/course/course';
import { installedServer } from '../../runner/redis/find';
import { withBystanders } from '../support/bystanders';
import { type Deed, Learner, roughProgram } from '../support/learner';
import { changes, withLearnersRedis } from '../support/learner-redis';
import { ownTemporaryFolder } from '../support/leftovers';
import { withoutFixedPorts } from '../support/own-network';
import { queuing } from '../support/queuing';
import { freePort } from '../support/redis-probe';
import { suite } from '../support/suite';

const test = suite('learner-data', { needs: ['redis-server'], limit: 180_000 });

/*
 * Every command of the workbook, and on the learner's own Redis also Ctrl-C and a kill in the
 * middle of each, and each dangerous command by itself.
 */

const folder = mkdtempSync(path.join(os.tmpdir(), 'learner-data-long-'));
const leftovers = ownTemporaryFolder();

test.after(async () => {
  await leftovers.none(false);
  leftovers.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A learner whose second file is rough, and whose server is right. */
function learnerWith(text: string): Learner {
  const learner = new Learner(folder);
  learner.write('1-redis_op.js', text);
  copyFileSync(workedVersion(queuing, '9-stock'), path.join(learner.home, '9-stock.ts'));
  return learner;
}

/** Whatever can be typed at a Redis that is one's own for the moment. */
const typed = 'SET text x\nSELECT 0\nFLUSHALL\nCONFIG SET port 1245\nSAVE\nSHUTDOWN NOSAVE\n';

/** Every command that takes no Redis. */
const plainDeeds: Deed[] = [
  { line: 'list' },
  { line: 'list --plain' },
  { line: 'show 12' },
  { line: 'hint 2' },
  { line: 'solution 2' },
  { line: 'solution 2 --beside' },
  { line: 'edit 2' },
  { line: 'reset 3' },
  { line: '--help' },
];

/** Every command that takes one. @param where words that say which */
const deeds = (where: string): Deed[] => [
  { line: `check ${where}` },
  { line: `check --solution --json ${where}` },
  { line: `check 2 --timeline --keys ${where}` },
  { line: `run 2 ${where}`, until: /^done/m },
  { line: `run 6 7 --solution ${where}`, until: /completed/ },
  { line: `run 12 ${where}`, until: /curl localhost:\d+/ },
  { line: `watch 2 ${where}`, until: /Waiting for you to save/ },
  { line: `report --solution ${where} --out report.html` },
  { line: `load 12 ${where}` },
  { line: `redis ${where}`, input: typed },
];

/** What a program sends, each by itself. */
const dangerous = [
  'FLUSHALL',
  'FLUSHALL ASYNC',
  'FLUSHDB',
  'CONFIG SET maxmemory 1mb',
  'CONFIG SET save ""',
  'SHUTDOWN',
  'SHUTDOWN NOSAVE',
  'SWAPDB 0 3',
  'SCRIPT FLUSH',
  'SELECT 0',
  'RESET',
];

async function tests() {
  const reason = (await installedServer())
    ? await withoutFixedPorts(__filename)
    : 'no redis-server is here';
  for (const where of ['', '--offline']) {
    if (reason !== undefined) break;
    test(`every command ${where} leaves a Redis on 6379 and a program on 1245 alone`, () =>
      withBystanders(async () => {
        const learner = learnerWith(roughProgram);
        for (const deed of [...plainDeeds, ...deeds(where)]) {
          const { code, stderr } = await learner.does(deed);
          assert.ok(code !== null && code !== 2 && code !== 3, `${deed.line}: ${code} ${stderr}`);
        }
      }));
  }
  if (reason) test.skip('a Redis on 6379 and a program on 1245', reason);

  test('every command leaves the Redis of --redis as it was, also after Ctrl-C', async () =>
    withLearnersRedis(await freePort(), async ({ url, picture }) => {
      const before = await picture();
      const learner = learnerWith(roughProgram);
      for (const deed of deeds(`--redis ${url}`)) {
        const { code, stderr } = await learner.does(deed);
        assert.ok(code !== null && code !== 2 && code !== 3, `${deed.line}: ${code} ${stderr}`);
        assert.deepEqual(changes(before, await picture()), [], deed.line);
      }
    }));

  test('after a kill in the middle of any command the next start cleans up', async () =>
    withLearnersRedis(await freePort(), async ({ url, picture }) => {
      const before = await picture();
      const learner = learnerWith(roughProgram);
      const killed = deeds(`--redis ${url}`)
        .filter(({ until }) => until)
        .concat([
          { line: `check 12 --solution --redis ${url}`, until: /Redis \d/ },
          { line: `load 12 --redis ${url}`, until: /Redis \d/ },
        ]);
      for (const deed of killed) {
        await learner.does({ ...deed, signal: 'SIGKILL' });
        await learner.does({ line: `check 0 --redis ${url}` });
        assert.deepEqual(changes(before, await picture()), [], deed.line);
      }
    }));

  for (const line of dangerous) {
    test(`${line} of a program reaches nothing of the learner's`, async () =>
      withLearnersRedis(await freePort(), async ({ url, picture }) => {
        const before = await picture();
        const learner = learnerWith(roughly(line));
        const redis = `--redis ${url}`;
        for (const signal of [undefined, 'SIGINT', 'SIGKILL'] as const) {
          const { stdout } = await learner.does(
            signal === undefined
              ? { line: `check 2 ${redis}` }
              : { line: `run 2 ${redis}`, until: /^done/m, signal },
          );
          if (signal !== undefined) assert.match(stdout, /^done/m);
          if (signal === 'SIGKILL') await learner.does({ line: `check 0 ${redis}` });
          assert.deepEqual(changes(before, await picture()), [], `${line}, ${signal}`);
        }
      }));
  }
}

/** Sends the one command, then writes over the learner's keys if it can. */
function roughly(line: string): string {
  const sent = JSON.stringify(line.split(' '));
  return `import redis from 'redis';
const client = redis.createClient();
client.on('error', () => {});
const [name, ...rest] = ${sent};
client.set('text', 'before');
client.send_command(name, rest, () => {});
client.set('text', 'of the program');
client.del('hash', 'list');
client.persist('passing');
client.ping(() => console.log('done'));
`;
}

tests().then(() => test.run());
