import os from 'node:os';
import type Redis from 'ioredis';

/**
 * Where workers grade, and what came of it: what failed in one place for the place's own reasons is tried
 * in another, and a place that only fails does not take what others could grade.
 */
export class WorkerPlaces {
  readonly #client: Redis;
  readonly #queue: string;
  readonly #own: string;

  /** @param own one name for all workers that share a disk */
  constructor(client: Redis, queue: string, own = `${os.hostname()} ${os.tmpdir()}`) {
    this.#client = client;
    this.#queue = queue;
    this.#own = own;
  }

  /** A worker is here, and nothing is known against it. To be said again and again. */
  async sayWell(): Promise<void> {
    await this.#client.zadd(this.#key('well'), Date.now(), this.#own);
  }

  /** A submission could not be graded here. */
  async faulted(id: string): Promise<void> {
    const key = this.#key(`faulted:${id}`);
    await this.#client
      .multi()
      .sadd(key, this.#own)
      .expire(key, remembered / 1000)
      .zrem(this.#key('well'), this.#own)
      .exec();
  }

  /** Whether a submission is to be left to others: it failed here, and somewhere else all is well. */
  async isForOthers(id: string): Promise<boolean> {
    const isKnown = await this.#client.sismember(this.#key(`faulted:${id}`), this.#own);
    return isKnown > 0 && (await this.hasOther());
  }

  /** Whether there are workers in another place with whom all is well. */
  async hasOther(): Promise<boolean> {
    const well = await this.#client.zrangebyscore(
      this.#key('well'),
      Date.now() - 3 * saidEvery,
      '+inf',
    );
    return well.some((place) => place !== this.#own);
  }

  #key(name: string): string {
    return `${this.#queue}:places:${name}`;
  }
}

/** How often a place says that all is well with it, in ms. */
export const saidEvery = 20_000;

/** For how long it is known that a submission failed in a place, in ms. */
const remembered = 5 * 60_000;
