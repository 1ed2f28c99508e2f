import assert from 'node:assert/strict';
import type { ConnectionOptions } from 'bullmq';
import RedisV6 from 'ioredis-v6';
import { createClient } from 'redis-v6';
import type { Feature } from '../features';
import { ended, told, type Workshop } from './workshop';

async function nodeRedis(shop: Workshop, RESP: 2 | 3): Promise<ConnectionOptions> {
  const client = createClient({ url: `redis://127.0.0.1:${shop.server.port}`, RESP });
  client.on('error', () => {});
  await client.connect();
  shop.after(async () => client.destroy());
  return client;
}

async function work(shop: Workshop, connection: ConnectionOptions): Promise<void> {
  const queue = shop.queue({ connection });
  const worker = shop.worker(async ({ data }) => data, { connection });
  const completed = told<{ returnvalue: unknown }>(shop.events({ connection }), 'completed');
  const done = ended(worker, 'completed', 20);
  const text = 'grüße \u0000 世界';
  await queue.addBulk(Array.from({ length: 20 }, () => ({ name: 'job', data: { text } })));
  assert.deepEqual((await done)[19]?.returnvalue, { text });
  assert.deepEqual((await completed).returnvalue, { text });
  const late = ended(worker, 'completed', 1);
  await queue.add('late', {}, { delay: 20, priority: 3 });
  await late;
  assert.equal(await queue.getCompletedCount(), 21);
}

/** What version 6 alone stands on: a client of redis as it is. */
export const overRedis: readonly Feature<Workshop>[] = [
  { title: 'over redis 6 in RESP2', run: async (shop) => work(shop, await nodeRedis(shop, 2)) },
  { title: 'over redis 6 in RESP3', run: async (shop) => work(shop, await nodeRedis(shop, 3)) },
];

/** BullMQ over connections that are not its own ioredis. */
export const otherClients: readonly Feature<Workshop>[] = [
  {
    title: 'over ioredis 6',
    async run(shop) {
      const redis = new RedisV6(shop.server.port, { maxRetriesPerRequest: null });
      redis.on('error', () => {});
      shop.after(async () => redis.disconnect());
      await work(shop, redis);
    },
  },
];
