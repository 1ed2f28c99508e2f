import { createIORedisClient, RedisConnection } from 'bullmq';
import Redis from 'ioredis';

/**
 * A client that ends when it is told to, also while it looks for a Redis that is away. ioredis drops its
 * next attempt then without an event, and BullMQ waits for one as it closes.
 */
class QueueClient extends Redis {
  override disconnect(reconnect = false): void {
    // One that has never connected ends with the event.
    if (this.status === 'reconnecting' && !reconnect) this.status = 'wait';
    super.disconnect(reconnect);
  }
}

/** Has BullMQ open such clients: it knows one way to make them for a whole process. */
export function useQueueClients(): void {
  RedisConnection.clientFactory = ({ url, ...options }) =>
    createIORedisClient(
      url === undefined ? new QueueClient(options) : new QueueClient(url, options),
    );
}
