import { IoredisClients, ioredis, ioredisVersions } from './clients/ioredis';
import { tryFeatures } from './features';

/** MONITOR shows what all do, and a client of its own may take that for a reply: so one at a time. */
const alone = { width: 1 };

for (const version of [5, 6] as const) {
  tryFeatures(
    `ioredis ${version}`,
    ioredis,
    IoredisClients.within(ioredisVersions[version]),
    alone,
  );
}
