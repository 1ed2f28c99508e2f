import os from 'node:os';
import { nodeLine } from '../../class/grader-fingerprint';
import { ClassQueue } from '../../class/queue/class-queue';
import { queueName } from '../../class/queue/terms';
import type { GradingTerms } from '../../class/submission/submission';
import type { Listener } from '../../class/worker/worker-event';
import { WorkerProcesses } from '../../class/worker/worker-processes';
import { UsageError } from '../../course/usage-error';
import { takingEnds } from '../interrupt';
import type { Session } from '../session';
import { followClass, type MovingLine } from './class-progress';
import { type OutsideView, openOutsideView } from './outside-view';
import { openQueuePlace, type QueuePlace } from './queue-place';

/** A queue with workers on it. */
export interface WorkedQueue {
  queue: ClassQueue;
  /** Aborted when what is in hand is to be finished, and no more. */
  stop: AbortSignal;
  /** Aborted when no more is to be waited for. */
  signal: AbortSignal;
}

/**
 * Does something with a queue that workers of this machine grade from, as many as the options say. After
 * Ctrl-C they finish what they have in hand; after another they hand it back.
 * @param request.line shows how far the work is
 * @returns what the work returns, and whether nobody stopped it
 * @throws what the work throws; UsageError if nobody could grade, or the token for its board is too short; EnvironmentError if the queue's Redis cannot be used, or no worker can be
 * started
 */
export async function withWorkers<Result>(
  session: Session,
  { terms, line }: { terms: GradingTerms; line: MovingLine },
  work: (queue: WorkedQueue) => Promise<Result>,
): Promise<{ result: Result; isWhole: boolean }> {
  const place = await openQueuePlace(session.options.redis);
  let outside: OutsideView | undefined;
  let stopFollowing: (() => void) | undefined;
  try {
    outside = await openOutsideView(session, place.url, queueName(terms));
    const { tell } = outside;
    stopFollowing = await followClass(session, line);
    return await takingEnds(session.signal, async (stop) => {
      const result = await onQueue(session, { place, terms, stop, tell }, work);
      return { result, isWhole: !stop.aborted };
    });
  } finally {
    stopFollowing?.();
    outside?.close();
    await place.close();
  }
}

interface OpenQueue {
  place: QueuePlace;
  terms: GradingTerms;
  stop: AbortSignal;
  /** Takes what workers tell. */
  tell: Listener;
}

async function onQueue<Result>(
  session: Session,
  { place, terms, stop, tell }: OpenQueue,
  work: (queue: WorkedQueue) => Promise<Result>,
): Promise<Result> {
  const { course, offline = false, workers: own = os.availableParallelism() } = session.options;
  const { isolation } = terms;
  const name = queueName(terms);
  const tellUnworked = own === 0 ? () => sayUnworked(session, name) : undefined;
  const queue = new ClassQueue(place.url, place.client, name, tellUnworked);
  const workers = new WorkerProcesses(
    {
      url: place.url,
      queue: name,
      offline,
      isolation,
      ...(course === undefined ? {} : { course }),
    },
    own,
    tell,
  );
  const end = new AbortController();
  const finish = async () => {
    if (!session.signal.aborted) {
      session.note('Finishing what is in hand; the next Ctrl-C stops at once.');
      await workers.finish();
      await queue.look();
    }
    end.abort();
  };
  stop.addEventListener('abort', () => void finish(), { once: true });
  session.signal.addEventListener('abort', () => end.abort(), { once: true });
  try {
    await queue.ready();
    return await Promise.race([work({ queue, stop, signal: end.signal }), workers.failure]);
  } finally {
    await workers.handBack();
    await queue.close();
  }
}

/** @throws UsageError if no worker elsewhere can reach the queue */
function sayUnworked(session: Session, queue: string): void {
  if (session.options.redis === undefined) {
    throw new UsageError(
      'Nobody can grade: workers elsewhere cannot reach a queue inside of this command.',
      'Name the Redis of the queue with --redis URL, or leave out --workers 0.',
    );
  }
  session.note(
    `No worker takes from queue ${queue} yet. Start one with “${session.command('class work')}”: of this version of the workbook, on Node ${nodeLine}, with the same kind of Redis and of isolation. It prints the name of its queue.`,
  );
}
