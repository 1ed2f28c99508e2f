import type {
  FlowProducer,
  Job,
  JobType,
  Processor,
  Queue,
  QueueEvents,
  QueueEventsOptions,
  QueueOptions,
  Worker,
  WorkerOptions,
} from 'bullmq';
import * as six from 'bullmq';
import * as five from 'bullmq-v5';
import Redis from 'ioredis';
import type { Server } from '../servers';

export type BullMQ = typeof six;

/** Version 5 has the classes of version 6 that are used here, and its types are near enough. */
export const versions: Readonly<Record<5 | 6, BullMQ>> = { 5: five as unknown as BullMQ, 6: six };

let made = 0;

/** A queue of its own for one feature, with all that is opened on it and closed with it. */
export class Workshop {
  readonly name = `q${++made}`;
  readonly connection: { host: string; port: number; maxRetriesPerRequest: null };
  #redis: Redis | undefined;
  readonly #closing: (() => Promise<unknown>)[] = [];

  constructor(
    readonly bull: BullMQ,
    readonly server: Server,
  ) {
    this.connection = { host: '127.0.0.1', port: server.port, maxRetriesPerRequest: null };
  }

  /** For {@link tryFeatures}. */
  static within(bull: BullMQ) {
    return async (server: Server, run: (shop: Workshop) => Promise<void>): Promise<void> => {
      const shop = new Workshop(bull, server);
      try {
        await run(shop);
      } finally {
        await shop.close();
      }
    };
  }

  queue(options: Partial<QueueOptions> = {}, name = this.name): Queue {
    const queue = new this.bull.Queue(name, { connection: this.connection, ...options });
    return this.#kept(queue, () => queue.close());
  }

  worker(
    processor: Processor | string | URL | null,
    options: Partial<WorkerOptions> = {},
    name = this.name,
  ): Worker {
    const settings = { connection: this.connection, drainDelay: 1, ...options };
    const worker = new this.bull.Worker(name, processor, settings);
    return this.#kept(worker, () => worker.close(true));
  }

  /** Tells of all that happened to the queue from its beginning, so that nothing can be missed. */
  events(options: Partial<QueueEventsOptions> = {}, name = this.name): QueueEvents {
    const settings = { connection: this.connection, lastEventId: '0-0', ...options };
    const events = new this.bull.QueueEvents(name, settings);
    return this.#kept(events, () => events.close());
  }

  flow(): FlowProducer {
    const flow = new this.bull.FlowProducer({ connection: this.connection });
    return this.#kept(flow, () => flow.close());
  }

  /** A client to look at what lies in Redis. */
  redis(): Redis {
    if (!this.#redis) {
      const redis = new Redis(this.server.port);
      this.#redis = redis;
      this.after(async () => redis.disconnect());
    }
    return this.#redis;
  }

  /** Something to do when the feature is over. */
  after(close: () => Promise<unknown>): void {
    this.#closing.push(close);
  }

  /** The last opened first; a server that is gone does not hold it up. */
  async close(): Promise<void> {
    for (const close of this.#closing.reverse()) await close();
  }

  #kept<One extends Queue | Worker | QueueEvents | FlowProducer>(
    one: One,
    close: () => Promise<unknown>,
  ): One {
    // What goes wrong shows in what a feature waits for; a closed connection may say so as well.
    (one as NodeJS.EventEmitter).on('error', () => {});
    this.#closing.push(close);
    return one;
  }
}

/** How many jobs are in each of these states. Version 5 tells of paused ones unasked. */
export async function countsOf<State extends JobType>(
  queue: Queue,
  ...states: readonly State[]
): Promise<Record<State, number>> {
  const counts = await queue.getJobCounts(...states);
  const asked = states.map((state) => [state, counts[state]]);
  return Object.fromEntries(asked) as Record<State, number>;
}

/** The next so many jobs that end in one way, in their order. */
export async function ended(
  worker: Worker,
  how: 'completed' | 'failed',
  count: number,
): Promise<Job[]> {
  return new Promise((resolve) => {
    const jobs: Job[] = [];
    const take = (job: Job | undefined) => {
      if (job) jobs.push(job);
      if (jobs.length < count) return;
      worker.off(how, take);
      resolve(jobs);
    };
    worker.on(how, take);
  });
}

/** The next event of that name whose first argument fits. */
export function told<One>(
  emitter: Worker | Queue | QueueEvents,
  event: string,
  fits: (value: One) => boolean = () => true,
): Promise<One> {
  return new Promise((resolve) => {
    const listener = (value: One) => {
      if (!fits(value)) return;
      (emitter as NodeJS.EventEmitter).off(event, listener);
      resolve(value);
    };
    (emitter as NodeJS.EventEmitter).on(event, listener);
  });
}

/** Something another will open. */
export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

export function gate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
