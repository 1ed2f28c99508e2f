import { IoredisClients, ioredisVersions } from './clients/ioredis';
import { NodeRedisClients } from './clients/node-redis';
import { tryFeatures } from './features';
import { connectRedis } from './libraries/connect-redis';
import { overIoredis, overNodeRedis, rateLimiter } from './libraries/rate-limiter';
import { redlock } from './libraries/redlock';

tryFeatures('connect-redis 9', connectRedis, NodeRedisClients.within(6, 2));
tryFeatures('rate-limiter-flexible 11 over ioredis', rateLimiter, overIoredis);
tryFeatures('rate-limiter-flexible 11 over redis', rateLimiter, overNodeRedis);
tryFeatures('redlock 4', redlock, IoredisClients.within(ioredisVersions[5]));
