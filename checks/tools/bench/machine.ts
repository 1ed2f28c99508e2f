import os from 'node:os';
import { installedServer } from '../../../runner/redis/find';

/** What the figures depend on: a sentence. */
export async function machine(): Promise<string> {
  const [cpu] = os.cpus();
  const redis = (await installedServer())?.version;
  return [
    `${cpu?.model.trim()}, ${os.availableParallelism()} cores`,
    `${Math.round(os.totalmem() / 1024 ** 3)} GB`,
    `${os.type()} ${os.release().replace(/[-+].*/, '')}`,
    `Node ${process.versions.node}`,
    redis === undefined ? 'no redis-server' : `Redis ${redis}`,
  ].join(' · ');
}
