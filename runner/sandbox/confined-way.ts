import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { RedisInstance } from '../redis/instance';
import { temporaryPlace } from '../redis/temporary';
import { Shared } from './confinement';
import { Journal } from './journal';
import { reapFolder } from './reaper';
import { Tap, tapPath } from './tap';

/** Where connections are to be opened, and what ends that. */
export interface Way extends Pick<RedisInstance, 'address' | 'preamble'> {
  close(): void;
}

/**
 * A way to a Redis that is not ours for what a person types: it stays in the one database, also
 * inside of scripts, as what a program sends does.
 */
export async function confinedWay(redis: RedisInstance): Promise<Way> {
  const folder = mkdtempSync(path.join(temporaryPlace(), 'workbook-'));
  const release = reapFolder(folder);
  const tap = new Tap({
    // Nobody looks back on it.
    journal: new Journal(0),
    program: 'prompt',
    redis,
    path: tapPath(folder, 1),
    shared: new Shared(),
    lost: () => {},
  });
  const close = () => {
    tap.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    release();
  };
  try {
    await tap.accept();
  } catch (error) {
    close();
    throw error;
  }
  return { address: { path: tapPath(folder, 1) }, preamble: [], close };
}
