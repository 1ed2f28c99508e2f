import type { JobMove, JobPhase } from '../../../vocabulary/job-move';
import type { WireEvent } from '../../protocol';

/** Where a job is, in the order in which it goes there. */
export const phases: readonly JobPhase[] = ['delayed', 'waiting', 'active', 'complete', 'failed'];

/** A job at a moment. */
export interface JobCard {
  /** Its name among all jobs of the run. */
  job: string;
  queue: string;
  type: string;
  phase: JobPhase;
  /** In the library's own word. */
  state: string;
  /** When it came there, in the events' milliseconds. */
  since: number;
  /** What it was created with, as JSON; undefined if that was not seen. */
  data: string | undefined;
  /** Percent; undefined if none was reported. */
  progress: number | undefined;
  /** The message that it failed with last. */
  error: string | undefined;
  /** Who has it in hand; the last one who had. */
  worker: string | undefined;
  /** How often somebody took it. */
  attempts: number;
}

/** Somebody whom Redis answers when there is something. */
export interface Waiting {
  program: string;
  connection: number;
  /** What it waits with: the command as typed. */
  command: string;
  keys: readonly string[];
  since: number;
}

/** The queues of a run at a moment. */
export interface QueueState {
  /** By their names; numbers by their size. */
  jobs: JobCard[];
  waiting: Waiting[];
}

/**
 * The queues at a moment, from what was seen up to then.
 * @param events of a run, by their time
 * @param time in their milliseconds
 */
export function queueAt(events: readonly WireEvent[], time: number): QueueState {
  const jobs = new Map<string, JobCard>();
  const own = new Set<string>();
  const waiting = new Map<number, Waiting>();
  for (const event of events) {
    if (event.at > time) break;
    for (const move of event.moves ?? []) {
      if (!move.heard) own.add(move.job);
      // What a worker does is seen at once; that somebody heard of it later moves nothing back.
      else if (own.has(move.job)) continue;
      carryOut(move, event, jobs);
    }
    const { id, of, program, connection = 0, text, waitsFor, at } = event;
    if (waitsFor)
      waiting.set(id, { program, connection, command: text, keys: waitsFor, since: at });
    if (of !== undefined) waiting.delete(of);
  }
  const cards = [...jobs.values()].filter(({ state }) => state !== '');
  return { jobs: cards.sort(byName), waiting: [...waiting.values()] };
}

function carryOut(move: JobMove, { at, program }: WireEvent, jobs: Map<string, JobCard>): void {
  const { job, to, state, progress, error, queue, type, data } = move;
  if (to === 'removed') {
    jobs.delete(job);
    return;
  }
  const card = jobs.get(job) ?? newCard(job, at);
  jobs.set(job, card);
  card.queue = queue ?? card.queue;
  card.type = type ?? card.type;
  card.data = data ?? card.data;
  card.progress = progress ?? card.progress;
  card.error = error ?? card.error;
  if (to === undefined) return;
  if (card.phase !== to || card.state === '') card.since = at;
  card.phase = to;
  card.state = state ?? to;
  if (to === 'complete') card.error = undefined;
  if (to !== 'active') return;
  card.worker = program;
  card.attempts += 1;
}

/** It stands nowhere until something says where. */
function newCard(job: string, at: number): JobCard {
  return {
    job,
    queue: '',
    type: '',
    phase: 'waiting',
    state: '',
    since: at,
    data: undefined,
    progress: undefined,
    error: undefined,
    worker: undefined,
    attempts: 0,
  };
}

/** Of numbers that are written alike, the longer one is the larger. */
function byName({ job: one }: JobCard, { job: other }: JobCard): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
