import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RedisInstance } from '../../../runner/redis/instance';
import { Journal } from '../../../runner/sandbox/tap/journal';
import { Tap } from '../../../runner/sandbox/tap/tap';
import { inTurn, type Measure } from './measure';
import { ownRedis } from './own-redis';
import { socketOf, timeCommands, timeJobs } from './queue';

/** Starts a load against a socket, or one socket for each of two programs. */
type Load = (producer: string, worker: string) => Promise<number>;

/** The tap, which reads all that passes into a journal, against a connection without it. */
export function tap(): Measure[] {
  return [
    tapped('kue in two processes, 500 jobs', (producer, worker) =>
      timeJobs(500, { producer, worker }),
    ),
    tapped('20 000 commands, 100 under way', (socket) => timeCommands(20_000, 100, socket)),
    tapped('5 000 commands, one after the other', (socket) => timeCommands(5_000, 1, socket)),
  ];
}

function tapped(what: string, load: Load): Measure {
  return {
    name: 'tap',
    what: `the tap: ${what}`,
    against: 'a connection without it',
    unit: 'ms',
    goal: { atMost: 1.3 },
    sample: (round) => inTurn(round, withRedis(behindTaps(load)), withRedis(straight(load))),
  };
}

function withRedis(work: (redis: RedisInstance) => Promise<number>): () => Promise<number> {
  return async () => {
    const redis = await ownRedis();
    try {
      return await work(redis);
    } finally {
      await redis.close();
    }
  };
}

function straight(load: Load) {
  return ({ address }: RedisInstance) => load(socketOf(address), socketOf(address));
}

function behindTaps(load: Load) {
  return async (redis: RedisInstance) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-bench-'));
    const journal = new Journal();
    const sockets = ['producer', 'worker'].map((name) => path.join(folder, name));
    const taps = sockets.map(
      (socket) =>
        new Tap({ journal, program: path.basename(socket), redis, path: socket, lost: () => {} }),
    );
    try {
      for (const tap of taps) await tap.accept();
      return await load(sockets[0] ?? '', sockets[1] ?? '');
    } finally {
      for (const tap of taps) tap.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };
}
