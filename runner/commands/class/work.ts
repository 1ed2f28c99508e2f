import os from 'node:os';
import { graderFingerprint } from '../../class/grader-fingerprint';
import { openQueueClient, withoutPassword } from '../../class/queue/connection';
import { queueName } from '../../class/queue/terms';
import { WorkerProcesses } from '../../class/worker/worker-processes';
import { UsageError } from '../../course/usage-error';
import { takingEnds } from '../interrupt';
import { type ExitCode, redisName, type Session } from '../session';
import { openOutsideView } from './outside-view';

/**
 * `class work --redis URL`: workers that grade what is on the queue of that Redis, until they are asked to
 * end. TERM and Ctrl-C let them finish what they have in hand.
 * @throws EnvironmentError if the Redis cannot be reached, or workers cannot be started
 */
export async function work(session: Session): Promise<ExitCode> {
  const { redis: url, course, offline = false, workers: count } = session.options;
  if (url === undefined) {
    throw new UsageError('A worker needs to know where the queue is.', 'Name it with --redis URL.');
  }
  const [programs, { isolation }] = await Promise.all([
    session.with({ redis: undefined }).redis(),
    session.isolation(),
  ]);
  const client = await openQueueClient(url);
  client.disconnect();
  const checks = graderFingerprint(session.shelf.courses);
  const queue = queueName({ checks, redis: programs.kind, isolation });
  const outside = await openOutsideView(session, url, queue);
  const many = count ?? os.availableParallelism();
  const from = withoutPassword(url);
  session.note(
    `${many} ${many === 1 ? 'worker grades' : 'workers grade'} from ${from}, queue ${queue}.`,
  );
  session.note(`Programs are given Redis ${redisName(programs).slice('Redis '.length)}.`);
  const workers = new WorkerProcesses(
    {
      url,
      queue,
      offline,
      isolation,
      ...(course === undefined ? {} : { course }),
    },
    many,
    outside.tell,
  );
  try {
    await takingEnds(session.signal, (stop) => Promise.race([aborted(stop), workers.failure]));
    if (!session.signal.aborted) {
      session.note('Finishing what is in hand; the next signal hands it back.');
      await Promise.race([workers.finish(), aborted(session.signal)]);
    }
  } finally {
    await workers.handBack();
    outside.close();
  }
  return 0;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
