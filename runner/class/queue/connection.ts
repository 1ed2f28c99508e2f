import Redis from 'ioredis';
import { EnvironmentError } from '../../redis/instance';
import { useQueueClients } from './queue-client';

/** How BullMQ reaches the queue's Redis: it waits for one that is away, for as long as that takes. */
export interface QueueConnection {
  url: string;
  maxRetriesPerRequest: null;
}

export function queueConnection(url: string): QueueConnection {
  useQueueClients();
  return { url, maxRetriesPerRequest: null };
}

/**
 * Opens a client to the queue's Redis that comes back by itself after a break.
 * @throws EnvironmentError if it cannot be reached now
 */
export async function openQueueClient(url: string): Promise<Redis> {
  let isReached = false;
  const client = new Redis(url, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    retryStrategy: (times) => (isReached ? Math.min(times * 200, 2000) : null),
  });
  let reason = '';
  client.on('error', (error: NodeJS.ErrnoException) => {
    reason ||= error.code ?? error.message;
  });
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    client.disconnect();
    throw new EnvironmentError(
      `The Redis of the queue at ${withoutPassword(url)} cannot be used (${reason || String(error)}).`,
      'Start it, or name another with --redis URL; without --redis the workbook has one of its own.',
    );
  }
  isReached = true;
  return client;
}

/** A URL that can be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
