import { IoredisClients, ioredis, ioredisVersions } from './clients/ioredis';
import { tryFeatures } from './features';

for (const version of [5, 6] as const) {
  tryFeatures(`ioredis ${version}`, ioredis, IoredisClients.within(ioredisVersions[version]));
}
