import { embeddedRedis } from '../../../runner/redis/embedded/server/source';
import { findRedis } from '../../../runner/redis/find';
import { freePort } from '../../support/redis-probe';

export type ServerName = 'real' | 'embedded';

/** The two servers that each feature is tried on, or the one that ECOSYSTEM_SERVER names. */
export const serverNames = (['real', 'embedded'] as const).filter((name) =>
  [undefined, name].includes(process.env.ECOSYSTEM_SERVER as ServerName | undefined),
);

/** A Redis that listens on 127.0.0.1, for one file of tests. */
export interface Server {
  readonly name: ServerName;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts an empty Redis on a free port.
 * @throws where there is no redis-server and a real one is asked for
 */
export async function openServer(name: ServerName): Promise<Server> {
  const source = name === 'real' ? await findRedis() : embeddedRedis();
  if (name === 'real' && source.kind !== 'server') throw new Error('redis-server does not start');
  // A redis-server cannot choose its port itself.
  const instance = await source.open({ port: name === 'real' ? await freePort() : 0 });
  const { address } = instance;
  if (!('port' in address)) throw new Error(`${name} does not listen on a port`);
  return { name, port: address.port, close: () => instance.close() };
}
