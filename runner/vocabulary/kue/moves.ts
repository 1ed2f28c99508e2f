import type { WireEntry } from '../../grading/verdict';
import { textsIn } from '../../redis/protocol/reply-text';
import type { JobMove, JobPhase } from '../job-move';
import { readEvent } from './events';
import { type JobState, jobOf } from './jobs';

/** The key of a job's hash, with its id. */
export const jobKey = /^q:job:(\d+)$/;

/** Where a job is in each of kue's states. */
export const phases: Record<JobState, JobPhase> = {
  inactive: 'waiting',
  delayed: 'delayed',
  active: 'active',
  complete: 'complete',
  failed: 'failed',
};

/** What a command of kue's does with a job: it writes its hash field by field, and deletes it at its end. */
export function movesIn({ command, reply }: WireEntry): JobMove[] {
  const [name, key = '', field = '', value = ''] = command;
  const id = jobKey.exec(key)?.[1];
  if (id === undefined || reply === undefined || reply.startsWith('(error)')) return [];
  if (name === 'DEL') return [{ job: id, to: 'removed' }];
  if (name !== 'HSET') return [];
  const told = toldBy(field, jobOf(Number(id), { [field]: value }), value);
  return told ? [{ job: id, ...told }] : [];
}

/** The jobs that a command, or a message, is about. */
export function jobsIn({ command, reply = '' }: WireEntry): string[] {
  const [name = '', key = ''] = command;
  // In the sorted sets a job stands behind the number of its id's digits.
  const members = /^Z/.test(name) && key.startsWith('q:jobs') ? command.slice(2) : [];
  const popped = name === 'EXEC' ? (reply.match(/"\d\d\|\d+"/g) ?? []) : [];
  const ids = [
    /^q:job:(\d+)(?::log)?$/.exec(key)?.[1],
    ...[...members, ...popped].map((member) => /\d\d\|(\d+)/.exec(member)?.[1]),
    ...(name === 'PUBLISH' && key === 'q:events' ? [idOf(command[2] ?? '')] : []),
    ...(name === '' ? [idOf(textsIn(reply).at(-1) ?? '')] : []),
  ];
  return [...new Set(ids.filter((id) => id !== undefined))];
}

function toldBy(
  field: string,
  { state, type, progress, error }: ReturnType<typeof jobOf>,
  value: string,
): Omit<JobMove, 'job'> | undefined {
  if (field === 'data') return { data: value };
  if (field === 'type') return { type, queue: type };
  if (progress !== undefined) return { progress };
  if (error !== undefined) return { error };
  const to = state && phases[state];
  return to && { to, state };
}

function idOf(message: string): string | undefined {
  const event = readEvent(message);
  return event && String(event.id);
}
