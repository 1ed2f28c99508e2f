/*
 * An embedded Redis in a process of its own, so that its memory is its own:
 * `node --expose-gc server-process.ts`. It tells its port, and its memory when it is asked.
 */
import { embeddedRedis } from '../../../runner/redis/embedded/server/source';
import type { Memory } from './server';

async function main(): Promise<void> {
  const redis = await embeddedRedis().open({ port: 0 });
  process.on('message', (collect: boolean) => {
    if (collect) globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send?.({ rss, heap: heapUsed + external } satisfies Memory);
  });
  process.once('disconnect', () => process.exit());
  process.send?.('port' in redis.address ? redis.address.port : 0);
}

main();
