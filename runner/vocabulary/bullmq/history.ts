import type { Keyspace, Value } from '../../grading/program/keyspace';

/** One thing that happened in a queue, as its stream of events tells it: in order, whoever listens. */
export interface QueueEvent {
  /** BullMQ's word: `added`, `waiting`, `active`, `progress`, `delayed`, `stalled`, `completed`, `failed`, … */
  event: string;
  /** Of the job; empty for what is about the queue. */
  id: string;
  /** When it happened, by the clock of Redis in milliseconds. */
  at: number;
  fields: Readonly<Record<string, string>>;
}

/** All that happened in a queue. */
export async function historyOf(redis: Keyspace, queue: string): Promise<QueueEvent[]> {
  const key = `bull:${queue}:events`;
  if ((await redis.type(key)) !== 'stream') return [];
  const entries = await redis.command('XRANGE', key, '-', '+');
  return Array.isArray(entries) ? entries.map(eventOf) : [];
}

/** What was reported of a job, in order, as it was reported. */
export function progressOf(history: readonly QueueEvent[], id: string): string[] {
  return history
    .filter((one) => one.id === id && one.event === 'progress')
    .map(({ fields }) => fields.data ?? '');
}

/** How many jobs were in hand at once when there were most. */
export function mostActive(history: readonly QueueEvent[]): number {
  const active = new Set<string>();
  let most = 0;
  for (const { event, id } of history) {
    if (event === 'active') active.add(id);
    else if (/^(completed|failed|delayed|waiting|stalled)$/.test(event)) active.delete(id);
    most = Math.max(most, active.size);
  }
  return most;
}

function eventOf(entry: Value): QueueEvent {
  const [stamp, flat] = Array.isArray(entry) ? entry : [];
  const fields: Record<string, string> = {};
  if (Array.isArray(flat)) {
    for (let at = 0; at < flat.length; at += 2) fields[String(flat[at])] = String(flat[at + 1]);
  }
  const at = Number(String(stamp).split('-')[0]);
  return { event: fields.event ?? '', id: fields.jobId ?? '', at, fields };
}
