import type { Presentation, ShownJob } from '../presentation';
import { jobKey, queueOf } from './keys';
import { jobsIn, movesIn } from './moves';
import { storedJob } from './stored-job';
import { told } from './told';

/*
 * BullMQ does its work by scripts: each of them is one command, with keys of the queue. A few tell
 * what becomes of the jobs; the others, and the commands with which it waits, are its own.
 */

/** BullMQ 6 in reports. */
export const presentation: Presentation = {
  library: 'BullMQ',
  isUsedIn: (wire) => wire.some(({ command }) => isOfQueue(command)),
  isHousekeeping: (command) => housekeeping.has(command[0] ?? '') && isOfQueue(command),
  isOwnKey: (key) => queueOf(key) !== undefined,
  jobIn: ({ key, value }) => {
    const found = jobKey(key);
    if (!found || typeof value !== 'object' || Array.isArray(value)) return undefined;
    return shown(found, value);
  },
  eventText: () => undefined,
  told,
  replyName: () => undefined,
  movesIn,
  jobsIn,
};

const housekeeping = new Set([
  'EVAL',
  'EVALSHA',
  'HSET',
  'HMSET',
  'HMGET',
  'HGET',
  'BZPOPMIN',
  'XREAD',
]);

function isOfQueue(command: readonly string[]): boolean {
  return command.slice(1, 8).some((word) => queueOf(word) !== undefined && !word.includes('\n'));
}

function shown(
  { queue, id }: { queue: string; id: string },
  fields: Record<string, string>,
): ShownJob {
  const { name, state, data, progress, error } = storedJob(fields);
  return {
    id,
    type: `${queue}: ${name}`,
    state,
    phase: state === 'completed' ? 'complete' : state,
    data,
    progress: typeof progress === 'number' ? progress : undefined,
    error,
  };
}
