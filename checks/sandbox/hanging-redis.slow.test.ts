import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { installedServer } from '../../runner/redis/find';
import { privateServer } from '../../runner/redis/server/private-server';
import { reaper } from '../../runner/sandbox/process/reaper';
import { gradeText } from '../support/graded-text';
import { ownTemporaryFolder } from '../support/leftovers';
import { suite } from '../support/suite';

/*
 * A Redis that is there and answers no more: a server that is stopped, as one that swaps or one
 * whose machine sleeps. The runner gives it twenty seconds.
 */

const test = suite('hanging Redis', { needs: ['redis-server'] });
const folder = mkdtempSync(path.join(os.tmpdir(), 'hanging-test-'));
const leftovers = ownTemporaryFolder();

test.after(async () => {
  await leftovers.none(false);
  leftovers.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Longer than a verdict may take, in ms. */
const limit = 60_000;

/** The program asks for something, and Redis stops at once. */
const program = `import redis from 'redis';
const client = redis.createClient();
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(\`Redis client not connected to the server: \${error}\`));
`;

for (const [number, name] of [
  [1, '0-redis_client'],
  [6, '6-job_creator'],
] as const) {
  test(`a redis-server that answers no more is named, task ${number}`, async () => {
    const installed = await installedServer();
    assert.ok(installed, 'redis-server does not start');
    const servers: number[] = [];
    const source = privateServer(installed.executable, installed.version, {
      reaper: {
        ...reaper,
        group(pid) {
          servers.push(pid);
          return reaper.group(pid);
        },
      },
    });
    const open = source.open;
    // It hangs from the moment that the check has it in hand.
    const hanging = {
      ...source,
      open: async (options?: Parameters<typeof open>[0]) => {
        const redis = await open(options);
        for (const pid of servers) process.kill(pid, 'SIGSTOP');
        return redis;
      },
    };
    const start = performance.now();
    const { finding } = await gradeText(folder, hanging, program, number, name);
    assert.is(finding?.class, 'redis-unreachable', finding?.message);
    assert.match(finding?.message ?? '', /did not answer for 20 seconds/);
    assert.ok(performance.now() - start < limit);
  });
}

test.run();
