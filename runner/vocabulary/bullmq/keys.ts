/*
 * What BullMQ 6 keeps of a queue: the hash `bull:QUEUE:ID` for each job, a list or a sorted set of
 * ids for each state (`wait`, `active`, `delayed`, `completed`, `failed`, …), the last id given
 * (`id`), settings (`meta`), and a stream of what happened (`events`).
 */

/** What follows a queue's name in the keys that are no jobs. */
const own =
  /^(wait|paused|active|delayed|prioritized|completed|failed|waiting-children|stalled|stalled-check|meta|id|pc|marker|limiter|events|repeat|de|metrics)$/;

/** The queue and the id of the job that a key holds; undefined for any other key. */
export function jobKey(key: string): { queue: string; id: string } | undefined {
  const [, queue, id] = /^bull:([^:]+):([^:]+)$/.exec(key) ?? [];
  return queue === undefined || id === undefined || own.test(id) ? undefined : { queue, id };
}

/** The queue of any key of BullMQ's; undefined for any other key. */
export function queueOf(key: string): string | undefined {
  return /^bull:([^:]+):/.exec(key)?.[1];
}
