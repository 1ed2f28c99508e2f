import { sourceOf } from '../../support/redis-source';
import { inTurn, type Measure } from './measure';
import { socketOf, timeJobs } from './queue';

/** The embedded Redis, in a process of its own, against the real one. */
export function embedded(): Measure[] {
  return [500, 2000].map((jobs) => ({
    name: 'embedded',
    what: `embedded Redis, kue in two processes, ${jobs} jobs`,
    against: 'redis-server',
    unit: 'ms',
    goal: { atMost: 2 },
    sample: (round) => inTurn(round, on('embedded', jobs), on('server', jobs)),
  }));
}

function on(kind: 'server' | 'embedded', jobs: number): () => Promise<number> {
  return async () => {
    const redis = await (await sourceOf(kind)).open();
    try {
      const socket = socketOf(redis.address);
      return await timeJobs(jobs, { producer: socket, worker: socket });
    } finally {
      await redis.close();
    }
  };
}
