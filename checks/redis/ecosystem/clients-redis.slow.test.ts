import { NodeRedisClients, newerRedis, nodeRedis, resp3Redis } from './clients/node-redis';
import { redis3, withRedis3 } from './clients/redis-3';
import { tryFeatures } from './features';

tryFeatures('redis 3', redis3, withRedis3);
tryFeatures('redis 4', nodeRedis, NodeRedisClients.within(4, 2));
for (const version of [5, 6] as const) {
  const both = [...nodeRedis, ...newerRedis];
  tryFeatures(`redis ${version}, RESP2`, both, NodeRedisClients.within(version, 2));
  const all = [...both, ...resp3Redis];
  tryFeatures(`redis ${version}, RESP3`, all, NodeRedisClients.within(version, 3));
}
