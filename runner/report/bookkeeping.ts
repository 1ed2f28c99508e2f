import type { WireEntry } from '../grading/verdict';

/*
 * kue sends some twenty commands for each job, and polls every second. A few of them tell the
 * story; the others only keep its books. Its layout of keys is described in grader/jobs.ts.
 */

/** Whether a command is kue's bookkeeping, which hides the story of its jobs. */
export function isKueInternal({ command }: WireEntry): boolean {
  const line = command.slice(0, 3).join(' ');
  return books.some((pattern) => pattern.test(line));
}

/** Whether kue is at work in this run: what the client asks at the start is then noise, too. */
export function usesKue(wire: readonly WireEntry[]): boolean {
  return wire.some(({ command }) => /^q:/.test(command[1] ?? ''));
}

/** Asked on every connection before anything else. */
export function isGreeting({ command }: WireEntry): boolean {
  return /^(INFO|SELECT|CONFIG|MULTI|EXEC)$/.test(command[0] ?? '');
}

const books = [
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

/** An event of kue, as it goes over the channel `q:events`, in words; undefined for anything else. */
export function eventText(quoted: string): string | undefined {
  try {
    const { id, event, args } = JSON.parse(JSON.parse(quoted));
    const [, ...rest] = Array.isArray(args) ? args : [];
    const detail = event === 'progress' || event === 'failed' ? ` ${String(rest[0] ?? '')}` : '';
    return typeof event === 'string' ? `job ${id}: ${event}${detail}` : undefined;
  } catch {
    return undefined;
  }
}
