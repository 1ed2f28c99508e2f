import type { Presentation, ShownJob } from '../presentation';
import { readEvent } from './events';
import { jobOf } from './jobs';
import { jobKey, jobsIn, movesIn, phases } from './moves';

/*
 * kue sends some twenty commands for each job, and asks for delayed jobs every second. A few of
 * these commands show what becomes of the jobs. Its layout of keys is described in jobs.ts.
 */

/** kue 0.11 in reports. */
export const presentation: Presentation = {
  library: 'kue',
  isUsedIn: (wire) => wire.some(({ command }) => /^q:/.test(command[1] ?? '')),
  isHousekeeping: (command) => {
    const line = command.slice(0, 3).join(' ');
    return housekeeping.some((pattern) => pattern.test(line));
  },
  isOwnKey: (key) => /^q:(?!job:\d+$)/.test(key),
  jobIn: ({ key, value }) => {
    const id = jobKey.exec(key)?.[1];
    if (id === undefined || typeof value !== 'object' || Array.isArray(value)) return undefined;
    return shown(id, value);
  },
  eventText: (message) => {
    const event = readEvent(message);
    if (!event) return undefined;
    const detailed = event.event === 'progress' || event.event === 'failed';
    const detail = detailed ? ` ${String(event.argument ?? '')}` : '';
    return `job ${event.id}: ${event.event}${detail}`;
  },
  replyName: ([name, key = '']) =>
    name === 'HGETALL' && jobKey.test(key) ? '(the job)' : undefined,
  movesIn,
  jobsIn,
};

const housekeeping = [
  /^HSET q:job:\d+ (?!(type|data|state|progress|error)$)/,
  /^HINCRBY q:job:/,
  /^(ZADD|ZREM|ZRANGE|ZREMRANGEBYRANK|ZRANGEBYSCORE) q:jobs/,
  /^ZADD q:search/,
  /^SADD q:job:types/,
  /^[LR]PUSH q:job:\d+:log/,
  /^INCRBY q:stats:/,
  /^SET \w+:lock /,
  /^(EVAL|EVALSHA|SCRIPT)\b/,
];

function shown(id: string, fields: Record<string, string>): ShownJob {
  const { type, state, data, progress, error } = jobOf(Number(id), fields);
  return {
    id,
    type,
    state: state ?? 'not saved whole',
    phase: state === undefined ? 'waiting' : (phases[state] ?? 'waiting'),
    data,
    progress,
    error,
  };
}
