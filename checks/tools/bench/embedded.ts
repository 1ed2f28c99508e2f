import { sourceOf } from '../../support/redis-source';
import { inTurn, type Measure } from './measure';
import { socketOf, timeJobs } from './queue';
import { EmbeddedProcess } from './side-by-side';

/** The embedded Redis, in a process of its own, against the real one. */
export function embedded(): Measure[] {
  return [queue(500), queue(2000), start];
}

function queue(jobs: number): Measure {
  return {
    name: 'embedded',
    what: `embedded Redis, kue in two processes, ${jobs} jobs`,
    against: 'redis-server',
    unit: 'ms',
    goal: { atMost: 2 },
    sample: (round) => inTurn(round, on('embedded', jobs), on('server', jobs)),
  };
}

const start: Measure = {
  name: 'embedded',
  what: 'embedded Redis: processor time until it listens, node’s own start apart',
  against: 'sixty milliseconds',
  unit: 'ms',
  goal: { atMost: 1 },
  async sample() {
    const embedded = await EmbeddedProcess.start();
    await embedded.stop();
    return { ours: embedded.startMs, theirs: 60 };
  },
};

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
