import { tryFeatures } from './features';
import { RedisCli, redisCli } from './libraries/redis-cli';

/** Each begins with an empty server. */
const alone = { width: 1 };

tryFeatures('redis-cli', redisCli, RedisCli.within, { ...alone, needs: ['redis-cli'] });
