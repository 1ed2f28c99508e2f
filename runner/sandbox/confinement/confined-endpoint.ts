import type { RedisInstance } from '../../redis/instance';
import { temporaryFolder } from '../../redis/temporary';
import { reaper } from '../process/reaper';
import { socketPath } from '../socket-path';
import { Journal } from '../tap/journal';
import { Tap } from '../tap/tap';
import { Shared } from './confinement';

/** Where connections are to be opened, and what ends that. */
export interface Endpoint extends Pick<RedisInstance, 'address' | 'preamble'> {
  close(): void;
}

/**
 * An endpoint of a Redis that is not ours, for what a person types: it stays in the one database, also
 * inside of scripts, as what a program sends does.
 * @param shared what it has in common with the programs whose messages it is to hear
 */
export async function confinedEndpoint(
  redis: RedisInstance,
  shared = new Shared(),
): Promise<Endpoint> {
  const folder = temporaryFolder('workbook-', reaper);
  const socket = socketPath(folder.path, 'tap-1');
  const tap = new Tap({
    // Nobody looks back on it.
    journal: new Journal(0),
    program: 'prompt',
    redis,
    path: socket,
    shared,
    lost: () => {},
  });
  const close = () => {
    tap.close();
    folder.remove();
  };
  try {
    await tap.accept();
  } catch (error) {
    close();
    throw error;
  }
  return { address: { path: socket }, preamble: [], close };
}
