import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installedServer } from '../../runner/redis/find';
import { withBystanders } from '../support/bystanders';
import { type Deed, Learner, roughProgram } from '../support/learner';
import { changes, withLearnersRedis } from '../support/learner-redis';
import { ownTemporaryFolder } from '../support/leftovers';
import { withoutFixedPorts } from '../support/own-network';
import { freePort } from '../support/redis-probe';
import { suite } from '../support/suite';

const test = suite('learner-data', { needs: ['redis-server'] });

/*
 * Whatever the learner has on 6379 and 1245 is none of the workbook's business, and of the Redis
 * that --redis names it uses one empty database. learner-data.long.test.ts has every command.
 */

const folder = mkdtempSync(path.join(os.tmpdir(), 'learner-data-test-'));
const leftovers = ownTemporaryFolder();

test.after(async () => {
  await leftovers.none(false);
  leftovers.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function tests() {
  const reason = (await installedServer())
    ? await withoutFixedPorts(__filename)
    : 'no redis-server is here';
  if (reason === undefined) {
    test('commands leave a Redis on 6379 and a program on 1245 alone', () =>
      withBystanders(async () => {
        const learner = new Learner(folder);
        learner.write('1-redis_op.js', roughProgram);
        const deeds: Deed[] = [
          { line: 'check 2' },
          { line: 'watch 2 --offline', until: /Waiting for you to save/ },
          { line: 'run 12 --solution', until: /curl localhost:(?!1245)\d+/ },
          { line: 'redis', input: 'SET text x\nFLUSHALL\nCONFIG SET port 1245\nSHUTDOWN NOSAVE\n' },
        ];
        for (const deed of deeds) assert.notEqual((await learner.does(deed)).code, 3, deed.line);
      }));
  } else test.skip('the Redis on 6379 and the program on 1245', reason);

  test('a Redis that --redis names is as it was: after a run, Ctrl-C, a kill, and a prompt', async () =>
    withLearnersRedis(await freePort(), async ({ url, picture }) => {
      const before = await picture();
      const learner = new Learner(folder);
      learner.write('1-redis_op.js', roughProgram);
      const redis = `--redis ${url}`;
      const deeds: Deed[] = [
        { line: `run 2 ${redis}`, until: /^done/m, signal: 'SIGINT' },
        { line: `redis ${redis}`, input: prompted },
      ];
      for (const deed of deeds) {
        await learner.does(deed);
        assert.deepEqual(changes(before, await picture()), [], deed.line);
      }
      await learner.does({ line: `run 2 ${redis}`, until: /^done/m, signal: 'SIGKILL' });
      assert.notDeepEqual(await picture(), before, 'nothing was there to be cleaned up');
      await learner.does({ line: `check 0 ${redis}` });
      assert.deepEqual(changes(before, await picture()), [], 'after the next start');
    }));
}

/** The learner's own fingers at the prompt. */
const prompted = `SET text x
FLUSHALL
SELECT 0
RESET
SET text x
EVAL "redis.call('SELECT', 0) redis.call('FLUSHALL') redis.call('SET', 'text', 'x') return 1" 0
SCRIPT FLUSH
CONFIG SET maxmemory 1mb
MULTI
SELECT 0
SET text x
EXEC
SHUTDOWN NOSAVE
`;

tests().then(() => test.run());
