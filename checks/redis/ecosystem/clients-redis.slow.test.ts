import { NodeRedisClients, newerRedis, nodeRedis, resp3Redis } from './clients/node-redis';
import { redis3, withRedis3 } from './clients/redis-3';
import { tryFeatures } from './features';

/** MONITOR shows what all do, and a client of its own may take that for a reply: so one at a time. */
const alone = { width: 1 };

tryFeatures('redis 3', redis3, withRedis3, alone);
tryFeatures('redis 4', nodeRedis, NodeRedisClients.within(4, 2), alone);
for (const version of [5, 6] as const) {
  const both = [...nodeRedis, ...newerRedis];
  tryFeatures(`redis ${version}, RESP2`, both, NodeRedisClients.within(version, 2), alone);
  const all = [...both, ...resp3Redis];
  tryFeatures(`redis ${version}, RESP3`, all, NodeRedisClients.within(version, 3), alone);
}
