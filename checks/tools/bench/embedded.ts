import { sourceOf } from '../../support/redis-source';
import { inTurn, type Measure } from './measure';
import { type QueueLibrary, socketOf, timeJobs } from './queue';
import { EmbeddedProcess } from './side-by-side';

/** The embedded Redis, in a process of its own, against the real one. */
export function embedded(): Measure[] {
  return [queue(500, 'queue'), queue(2000, 'queue'), queue(2000, 'bullmq'), start];
}

/** What each library is called, and how many times as long as on a real Redis it may take. */
const libraries = { queue: ['kue', 1.3], bullmq: ['BullMQ', 2] } as const;

function queue(jobs: number, library: QueueLibrary): Measure {
  const [name, atMost] = libraries[library];
  return {
    name: 'embedded',
    what: `embedded Redis, ${name} in two processes, ${jobs} jobs`,
    against: 'redis-server',
    unit: 'ms',
    goal: { atMost },
    sample: (round) => inTurn(round, on('embedded', jobs, library), on('server', jobs, library)),
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

function on(
  kind: 'server' | 'embedded',
  jobs: number,
  library: QueueLibrary,
): () => Promise<number> {
  return async () => {
    const redis = await (await sourceOf(kind)).open();
    try {
      const socket = socketOf(redis.address);
      return await timeJobs(jobs, { producer: socket, worker: socket }, library);
    } finally {
      await redis.close();
    }
  };
}
