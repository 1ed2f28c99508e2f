import path from 'node:path';
import type { Address } from '../../../runner/redis/instance';
import { Started } from './started';

const programs = path.join(__dirname, 'programs');

/** Where a program connects: only servers on a socket serve here. */
export function socketOf(address: Address): string {
  if ('path' in address) return address.path;
  throw new Error('The benchmark needs unix sockets.');
}

/** The queue libraries that are timed, by the beginning of their programs' names. */
export type QueueLibrary = 'queue' | 'bullmq';

/**
 * Two processes, one that creates jobs and one that does them.
 * @param sockets where each connects
 * @param library `queue` is kue
 * @returns milliseconds from the first job's creation to the last one's completion
 */
export async function timeJobs(
  jobs: number,
  sockets: { producer: string; worker: string },
  library: QueueLibrary = 'queue',
): Promise<number> {
  const worker = started(`${library}-worker.cjs`, sockets.worker);
  const producer = started(`${library}-producer.cjs`, sockets.producer, String(jobs));
  try {
    return await took(producer);
  } finally {
    await Promise.all([worker.stop(), producer.stop()]);
  }
}

/** @returns milliseconds for so many SET and GET, some of them under way at any time */
export async function timeCommands(
  count: number,
  pending: number,
  socket: string,
): Promise<number> {
  const client = started('commands.cjs', socket, String(count), String(pending));
  try {
    return await took(client);
  } finally {
    await client.stop();
  }
}

function started(name: string, ...words: string[]): Started {
  return new Started([process.execPath, path.join(programs, name), ...words]);
}

/** What a program says that it took, in milliseconds. */
async function took(program: Started): Promise<number> {
  await program.says(/took [\d.]+\n/);
  return Number(/took ([\d.]+)/.exec(program.said)?.[1]);
}
