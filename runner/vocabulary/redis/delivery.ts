import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';
import { RedisReplyError } from '../../redis/protocol/resp';

/**
 * Waits until the program in the publisher's place has published so many messages.
 * @returns to how many subscribers they went, over all
 */
export async function waitForPublished(
  task: Task,
  publisher: ProgramRun,
  count: number,
): Promise<number> {
  const replies = () =>
    task.sandbox.journal
      .commands(publisher.name)
      .filter((command) => command.words[0] === 'PUBLISH' && command.reply !== undefined)
      .map((command) => Number(command.reply));
  await publisher.waitUntil(() => replies().length >= count);
  return replies().reduce((sum, receivers) => sum + receivers, 0);
}

/**
 * Publishes messages from the check itself, one right behind the other: a subscriber gets them together.
 * @returns to how many subscribers they went, over all
 */
export async function publish(task: Task, channel: string, messages: string[]): Promise<number> {
  const commands = messages.map((message) => ['PUBLISH', channel, message]);
  let receivers = 0;
  for (const reply of await task.sandbox.connection.sendAll(commands)) {
    if (reply instanceof RedisReplyError) throw reply;
    receivers += Number(reply);
  }
  return receivers;
}

/**
 * Waits until a subscriber has asked for its channel and has nothing more to do. A publisher may
 * begin then: what it puts off for longer than the task's messages lie apart is not waited for.
 * @param subscriber started with its moments watched
 */
export async function waitForSubscription(subscriber: ProgramRun): Promise<void> {
  await subscriber.waitForIdle(Number.POSITIVE_INFINITY);
  if (putsOff(subscriber) && subscriber.commands('SUBSCRIBE').length > 0)
    subscriber.expectNoCrash();
  else await subscriber.waitUntilSettled();
}

/**
 * Publishes messages from the check itself, each when the subscriber has nothing more to do about
 * the one before: on a machine under load they would else come together.
 * @param subscriber started with its moments watched
 */
export async function publishOneByOne(
  task: Task,
  subscriber: ProgramRun,
  channel: string,
  messages: string[],
): Promise<void> {
  let receivers = 0;
  for (const message of messages) {
    const before = subscriber.program.moments.length;
    receivers += await publish(task, channel, [message]);
    await waitForDelivery(task, subscriber, receivers);
    await subscriber.waitForIdle(Number.POSITIVE_INFINITY);
    // What it puts off until after the next message is not waited for.
    if (!putsOff(subscriber, before)) await subscriber.waitForIdle();
  }
}

/** What is put off for longer comes too late for the next message, in milliseconds. */
const distance = 100;

/** @param from so many of its moments do not count */
function putsOff({ program }: ProgramRun, from = 0): boolean {
  const moments = program.moments.slice(from);
  return moments.some((one) => one.what === 'timer' && one.delay >= distance);
}

/** Waits until so many messages have passed the subscriber's tap, or it has ended. */
export async function waitForDelivery(
  task: Task,
  subscriber: ProgramRun,
  count: number,
): Promise<void> {
  const { wire } = task.sandbox.journal;
  await subscriber.waitUntil(
    () =>
      wire.filter((one) => one.kind === 'push' && one.program === subscriber.name).length >= count,
  );
}
