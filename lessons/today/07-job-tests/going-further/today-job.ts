/*
 * Jobs for a queue that is busy all day. What is added, and why:
 *
 * - A list is added in parts of a thousand. All jobs of one addBulk go
 *   to Redis at one moment, and while it takes in a hundred thousand
 *   of them it serves nobody else.
 * - Each notification is looked at before the first is added: a list
 *   with one that has no number adds nothing at all, in place of a job
 *   that no worker can do.
 * - A job that is done stays for a day and one that failed for a week,
 *   and no more than a thousand of each. Otherwise Redis fills up.
 * - A number that was taken can be given back. If the message cannot be
 *   sent, the number is not to wait an hour for another.
 */

import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';

/** What a worker needs to know to send one push notification. */
export interface PushNotification {
  phoneNumber: string;
  message: string;
}

const secondsBetween = 3600;

/** How many jobs go to Redis at one moment. */
const mostAtOnce = 1000;

const day = 24 * 3600;

/** How long jobs are kept once they have ended, in seconds, and how many. */
const opts = {
  removeOnComplete: { age: day, count: 1000 },
  removeOnFail: { age: 7 * day, count: 1000 },
};

/**
 * Adds one job for each notification; up to a thousand of them at one moment.
 * @param queue where the jobs go: handed in, so that a test can hand in one of its own
 * @returns the jobs, in the order of the notifications
 * @throws Error `Jobs is not an array`
 * @throws TypeError if one of them has no number or no message; none is added then
 */
export async function createPushNotificationsJobs(
  jobs: PushNotification[],
  queue: Queue,
): Promise<Job[]> {
  // The compiler already refuses anything else, but JavaScript and JSON do not ask it.
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  jobs.forEach(expectNotification);
  const added: Job[] = [];
  for (let from = 0; from < jobs.length; from += mostAtOnce) {
    const part = jobs.slice(from, from + mostAtOnce);
    added.push(
      ...(await queue.addBulk(part.map((data) => ({ name: 'push_notification', data, opts })))),
    );
  }
  return added;
}

/**
 * Whether a number may get a notification now: once an hour, and of those who ask at the same time
 * one alone.
 */
export async function mayNotify(phoneNumber: string, redis: Redis): Promise<boolean> {
  const reply = await redis.set(keyOf(phoneNumber), '1', 'EX', secondsBetween, 'NX');
  return reply === 'OK';
}

/** Lets a number have another notification at once: the one that it was taken for was not sent. */
export async function giveBack(phoneNumber: string, redis: Redis): Promise<void> {
  await redis.del(keyOf(phoneNumber));
}

function keyOf(phoneNumber: string): string {
  return `notified:${phoneNumber}`;
}

function expectNotification({ phoneNumber, message }: PushNotification, at: number): void {
  if (typeof phoneNumber === 'string' && typeof message === 'string') return;
  throw new TypeError(`Notification ${at + 1} of the list has no phone number or no message`);
}
