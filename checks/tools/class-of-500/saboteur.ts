import { workersOf } from '../../support/class/graded-class';
import type { QueueServer } from '../../support/class/queue-server';
import type { Random } from '../comparison/random';

/** What is done to a class while it is graded. */
export interface Sabotage {
  random: Random;
  /** How many results there are to be. */
  all: number;
  /** How many workers are killed, and how often the queue's Redis is. */
  workers: number;
  servers: number;
}

/** Kills workers, and the queue's Redis, after numbers of results that a seed repeats. */
export class Saboteur {
  workersKilled = 0;
  serversKilled = 0;
  readonly #random: Random;
  readonly #server: QueueServer;
  readonly #due: { after: number; what: 'worker' | 'server' }[];
  #doing = false;

  constructor({ random, all, workers, servers }: Sabotage, server: QueueServer) {
    this.#random = random;
    this.#server = server;
    const times = (count: number, what: 'worker' | 'server') =>
      Array.from({ length: count }, () => ({ after: random.below(Math.max(1, all - 2)), what }));
    this.#due = [...times(workers, 'worker'), ...times(servers, 'server')].sort(
      (one, other) => one.after - other.after,
    );
  }

  /** Does what is due. @param results how many there are @param pid whose workers are killed */
  async act(results: number, pid: number): Promise<void> {
    const [next] = this.#due;
    if (this.#doing || !next || results < next.after) return;
    this.#doing = true;
    try {
      if (next.what === 'server') await this.#killServer();
      else if (!this.#killWorker(pid)) return;
      this.#due.shift();
    } finally {
      this.#doing = false;
    }
  }

  /** What was to be done, and was not. */
  get left(): number {
    return this.#due.length;
  }

  async #killServer(): Promise<void> {
    await this.#server.kill();
    await this.#server.start();
    this.serversKilled += 1;
  }

  /** @returns false while none is there: the last one is being replaced */
  #killWorker(pid: number): boolean {
    const workers = workersOf(pid);
    if (workers.length === 0) return false;
    process.kill(this.#random.pick(workers), 'SIGKILL');
    this.workersKilled += 1;
    return true;
  }
}
