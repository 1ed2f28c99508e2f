import { randomBytes } from 'node:crypto';
import type Redis from 'ioredis';
import { openQueueClient } from '../../class/queue/connection';

/** The queue's Redis, and a client to it. */
export interface QueuePlace {
  url: string;
  client: Redis;
  close(): Promise<void>;
}

/**
 * Opens the Redis that the queue is on: the one at the URL, or one inside this process that only those
 * can use who are told its password. It is never the one that a learner's program sees.
 * @throws EnvironmentError if the one at the URL cannot be used
 */
export async function openQueuePlace(url: string | undefined): Promise<QueuePlace> {
  if (url !== undefined) {
    const client = await openQueueClient(url);
    return { url, client, close: async () => client.disconnect() };
  }
  const { createRedis } = await import('../../redis/public/redis.cjs');
  const redis = await createRedis({ password: randomBytes(24).toString('hex') });
  const client = await openQueueClient(redis.url);
  const close = async () => {
    client.disconnect();
    await redis.close();
  };
  return { url: redis.url, client, close };
}
