import assert from 'node:assert/strict';
import {
  BurstyRateLimiter,
  type IRateLimiterRedisOptions,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  RateLimiterUnion,
} from 'rate-limiter-flexible';
import { IoredisClients, ioredisVersions } from '../clients/ioredis';
import { NodeRedisClients } from '../clients/node-redis';
import type { Feature } from '../features';
import type { Server } from '../servers';

/** What a limiter stands on: a connection of either client, and one that is closed. */
interface Limits {
  readonly prefix: string;
  make(options: Options): RateLimiterRedis;
  /** A limiter whose Redis cannot be reached. */
  makeLost(options: Options): Promise<RateLimiterRedis>;
}

type Options = Omit<IRateLimiterRedisOptions, 'storeClient'>;

/** Seconds that no test lasts: points do not come back while it runs. */
const hour = 3600;

export async function overIoredis(server: Server, run: (limits: Limits) => Promise<void>) {
  await IoredisClients.within(ioredisVersions[5])(server, async (clients) => {
    const storeClient = clients.open();
    const { prefix } = clients;
    const onto = (client: typeof storeClient, options: Options) =>
      new RateLimiterRedis({ keyPrefix: prefix, ...options, storeClient: client });
    await run({
      prefix,
      make: (options) => onto(storeClient, options),
      async makeLost(options) {
        const lost = clients.open({ enableOfflineQueue: false, lazyConnect: true });
        return onto(lost, options);
      },
    });
  });
}

export async function overNodeRedis(server: Server, run: (limits: Limits) => Promise<void>) {
  await NodeRedisClients.within(6, 2)(server, async (clients) => {
    const storeClient = await clients.open();
    const { prefix } = clients;
    const onto = (client: typeof storeClient, options: Options) =>
      new RateLimiterRedis({
        keyPrefix: prefix,
        ...options,
        storeClient: client,
        useRedisPackage: true,
      });
    await run({
      prefix,
      make: (options) => onto(storeClient, options),
      async makeLost(options) {
        const lost = storeClient.duplicate();
        lost.on('error', () => {});
        return onto(lost, { rejectIfRedisNotReady: true, ...options });
      },
    });
  });
}

/** The points used and left after a call that may be refused. */
async function outcome(call: Promise<RateLimiterRes>) {
  const refused = (reason: unknown) => {
    if (reason instanceof RateLimiterRes) return reason;
    throw reason;
  };
  let isRefused = false;
  const result = await call.catch((reason) => {
    isRefused = true;
    return refused(reason);
  });
  assert.ok(result.msBeforeNext > 0 && result.msBeforeNext <= 2 * hour * 1000);
  return [isRefused ? 'refused' : 'granted', result.consumedPoints, result.remainingPoints];
}

async function usedUp(limiter: RateLimiterAbstract, key: string): Promise<number | undefined> {
  return (await limiter.get(key))?.consumedPoints;
}

export const rateLimiter: readonly Feature<Limits>[] = [
  {
    title: 'points are consumed until there are none',
    async run({ make }) {
      const limiter = make({ points: 3, duration: hour });
      assert.equal(await limiter.get('a'), null);
      assert.deepEqual(await outcome(limiter.consume('a')), ['granted', 1, 2]);
      assert.deepEqual(await outcome(limiter.consume('a', 2)), ['granted', 3, 0]);
      assert.deepEqual(await outcome(limiter.consume('a')), ['refused', 4, 0]);
      assert.deepEqual(await outcome(limiter.consume('b')), ['granted', 1, 2]);
      assert.equal(await usedUp(limiter, 'a'), 4);
    },
  },
  {
    title: 'calls at once share the points',
    async run({ make }) {
      const limiter = make({ points: 10, duration: hour });
      const calls = Array.from({ length: 25 }, () => outcome(limiter.consume('a')));
      const granted = (await Promise.all(calls)).filter(([how]) => how === 'granted');
      assert.equal(granted.length, 10);
    },
  },
  {
    title: 'penalties and rewards change what is used',
    async run({ make }) {
      const limiter = make({ points: 5, duration: hour });
      await limiter.consume('a', 2);
      assert.equal((await limiter.penalty('a', 2)).consumedPoints, 4);
      assert.equal((await limiter.reward('a', 3)).consumedPoints, 1);
      await limiter.set('a', 4, hour);
      assert.deepEqual(await outcome(limiter.consume('a')), ['granted', 5, 0]);
    },
  },
  {
    title: 'a key is blocked, by hand and by what it did, and freed when it is deleted',
    async run({ make }) {
      const limiter = make({ points: 1, duration: hour, blockDuration: 2 * hour });
      await limiter.block('a', hour);
      assert.equal((await outcome(limiter.consume('a')))[0], 'refused');
      assert.equal(await limiter.delete('a'), true);
      assert.equal(await limiter.delete('a'), false);
      assert.deepEqual(await outcome(limiter.consume('a')), ['granted', 1, 0]);
      assert.equal((await outcome(limiter.consume('a')))[0], 'refused');
      assert.ok(Number((await limiter.get('a'))?.msBeforeNext) > hour * 1000);
    },
  },
  {
    title: 'without a duration points are used for ever',
    async run({ make }) {
      const limiter = make({ points: 2, duration: 0 });
      await limiter.consume('a', 2);
      await assert.rejects(limiter.consume('a'), { consumedPoints: 3, msBeforeNext: -1 });
    },
  },
  {
    title: 'an insurance steps in where Redis is not reached',
    async run({ makeLost }) {
      const insurance = new RateLimiterMemory({ points: 1, duration: hour });
      const limiter = await makeLost({ points: 5, duration: hour, insuranceLimiter: insurance });
      assert.deepEqual(await outcome(limiter.consume('a')), ['granted', 1, 0]);
      assert.deepEqual(await outcome(limiter.consume('a')), ['refused', 2, 0]);
      const bare = await makeLost({ points: 5, duration: hour });
      await assert.rejects(bare.consume('a'), Error);
    },
  },
  {
    title: 'a burst is granted besides',
    async run({ make, prefix }) {
      const usual = make({ points: 1, duration: hour });
      const burst = make({ points: 2, duration: hour, keyPrefix: `${prefix}burst` });
      const limiter = new BurstyRateLimiter(usual, burst);
      for (let at = 0; at < 3; at += 1) await limiter.consume('a');
      await assert.rejects(limiter.consume('a'), RateLimiterRes);
      assert.equal(await usedUp(burst, 'a'), 3);
    },
  },
  {
    title: 'a union grants what each of its limiters grants',
    async run({ make, prefix }) {
      const wide = make({ points: 9, duration: hour, keyPrefix: `${prefix}wide` });
      const narrow = make({ points: 1, duration: hour, keyPrefix: `${prefix}narrow` });
      const limiter = new RateLimiterUnion(wide, narrow);
      const both = await limiter.consume('a');
      assert.deepEqual(Object.keys(both).sort(), [`${prefix}narrow`, `${prefix}wide`]);
      const refused = await limiter.consume('a').catch((reason) => reason);
      assert.deepEqual(Object.keys(refused), [`${prefix}narrow`]);
      assert.equal(await usedUp(wide, 'a'), 2);
    },
  },
];
