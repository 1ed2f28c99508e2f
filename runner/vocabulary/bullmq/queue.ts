import type { Keyspace } from '../../grading/program/keyspace';
import { jobKey, queueOf } from './keys';
import { type StoredJob, storedJob } from './stored-job';

/** A job of a queue, as Redis holds it. */
export interface Job extends StoredJob {
  id: string;
}

/** The jobs that a queue holds, by their ids. */
export async function jobsIn(redis: Keyspace, queue: string): Promise<Job[]> {
  const ids = (await redis.keys()).flatMap((key) => {
    const found = jobKey(key);
    return found?.queue === queue ? [found.id] : [];
  });
  const jobs = await Promise.all(
    ids.map(async (id) => ({ id, ...storedJob(await redis.hash(`bull:${queue}:${id}`)) })),
  );
  return jobs.sort((one, other) => Number(one.id) - Number(other.id));
}

/** One job of a queue; undefined if it is gone. */
export async function jobIn(redis: Keyspace, queue: string, id: string): Promise<Job | undefined> {
  const fields = await fieldsOf(redis, queue, id);
  return fields && { id, ...storedJob(fields) };
}

/** The message of the error with which a job failed last; undefined if it never did, or is gone. */
export async function lastErrorOf(
  redis: Keyspace,
  queue: string,
  id: string,
): Promise<string | undefined> {
  return (await fieldsOf(redis, queue, id))?.failedReason;
}

async function fieldsOf(
  redis: Keyspace,
  queue: string,
  id: string,
): Promise<Record<string, string> | undefined> {
  const key = `bull:${queue}:${id}`;
  return (await redis.type(key)) === 'hash' ? redis.hash(key) : undefined;
}

/** The names of all queues that Redis knows of. */
export async function queuesIn(redis: Keyspace): Promise<string[]> {
  return [...new Set((await redis.keys()).flatMap((key) => queueOf(key) ?? []))];
}

/** Lets the next job's id be one more than this, so that ids cannot be known before. */
export async function startIdsAfter(redis: Keyspace, queue: string, id: number): Promise<void> {
  await redis.set(`bull:${queue}:id`, String(id));
}

/** Makes the worker that has a job in hand one that died: the next look at stalled jobs finds it. */
export async function loseWorkerOf(redis: Keyspace, queue: string, id: string): Promise<void> {
  await redis.command('DEL', `bull:${queue}:${id}:lock`, `bull:${queue}:stalled-check`);
  await redis.command('SADD', `bull:${queue}:stalled`, id);
}
