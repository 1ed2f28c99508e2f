import {
  commandText,
  fail,
  notFilledIn,
  type ProgramRun,
  placeholderIn,
  quote,
  type Task,
} from '#grading';
import { delaysOf } from './publish-times';
import { type Calls, expectCalls } from './publisher-calls';

/** No message of the task waits for so long, in milliseconds. */
const patience = 5_000;

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
 * Publishes messages from the check itself.
 * @returns to how many subscribers they went, over all
 */
export async function publish(task: Task, channel: string, messages: string[]): Promise<number> {
  let receivers = 0;
  for (const message of messages) {
    receivers += Number(await task.redis.command('PUBLISH', channel, message));
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

/** The task’s messages come so far apart, in milliseconds. */
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

/** How often a publisher is run at most where the machine is too busy to see when it closes. */
const runs = 3;

/**
 * Runs the publisher until it has nothing more to send. One that ends at some answer of Redis's may
 * do so after any of its messages: where answers came late, or its timers all at once, that cannot
 * be told, and it is run again.
 * @throws CheckFailure where it waits for longer than any task asks
 */
export async function waitForAnnouncements(task: Task, times: Calls): Promise<ProgramRun> {
  for (let run = 1; ; run += 1) {
    const publisher = await task.run({ watchMoments: true });
    await announcesAll(task, publisher, times);
    const ends = publisher.program.exit || publisher.commands('QUIT').length > 0;
    if (run === runs || !ends || answersCameBetween(task, publisher)) return publisher;
  }
}

/** Whether each message went out well apart from the one before, and after its answer. */
function answersCameBetween(task: Task, publisher: ProgramRun): boolean {
  const published = publisher.program.moments.filter(({ what }) => what === 'publish');
  const sent = task.sandbox.journal
    .commands(publisher.name)
    .filter(({ words }) => words[0] === 'PUBLISH');
  return eachFollows(published, ({ at }) => at) && eachFollows(sent, ({ repliedAt }) => repliedAt);
}

/** @param over when one of them is over; nothing where it never is */
function eachFollows<One extends { at: number }>(
  all: readonly One[],
  over: (one: One) => number | undefined,
): boolean {
  return all.every((one, index) => {
    const next = all[index + 1];
    return next === undefined || next.at - (over(one) ?? next.at) > distance / 2;
  });
}

/**
 * Waits until the publisher has nothing more to send.
 * @throws CheckFailure where it waits for longer than any task asks
 */
async function announcesAll(task: Task, publisher: ProgramRun, times: Calls): Promise<void> {
  const tooLong = () => delaysOf(publisher).find((delay) => delay > patience);
  await publisher.waitUntil(() => tooLong() !== undefined || sentAgain(publisher) !== undefined, {
    timers: 0,
  });
  const again = sentAgain(publisher);
  if (again !== undefined) sentTwice(task, publisher, again, times);
  const delay = tooLong();
  if (delay !== undefined) {
    fail({
      class: 'time-out',
      message: `A message waits for ${delay / 1000} seconds: setTimeout counts in milliseconds.`,
      next: 'Hand the time to setTimeout as it is: it is given in milliseconds.',
      at: { calls: ['setTimeout'] },
    });
  }
  const [short] = publisher.commands('PUBLISH').filter((words) => words.length < 3);
  if (short) {
    fail({
      class: 'wrong-command',
      message: `publish() is called without the message: Redis refused ${quote(commandText(short))}.`,
      next: 'Hand it both, the channel and the message: publish(channel, message).',
      at: { calls: ['publish'] },
      seen: publisher.commandLines('PUBLISH'),
    });
  }
  publisher.expectNoCrash();
}

function sentTwice(task: Task, publisher: ProgramRun, again: string, times: Calls): never {
  const { source } = task;
  expectCalls(task, 'publishMessage', times, {
    expected: Object.keys(times).join('\n'),
    seen: publisher
      .commands('PUBLISH')
      .map(([, , message]) => message)
      .join('\n'),
  });
  const placeholder = placeholderIn(again);
  const repeats = source.countCalls('setInterval') > 0;
  fail({
    class: 'wrong-command',
    ...(placeholder !== undefined
      ? notFilledIn(placeholder, 'sent')
      : {
          message: `The message ${quote(again)} is published more than once.`,
          next: repeats
            ? 'Write setTimeout in place of setInterval: it waits once, setInterval again and again.'
            : 'Publish what publishMessage was called with: a variable outside of it holds the last message when the timers end.',
        }),
    at: { calls: repeats ? ['setInterval'] : ['publish'] },
    seen: publisher.commandLines('PUBLISH'),
  });
}

/** The finding about a client that is closed while messages are still to be sent. */
export const closedEarly = {
  message: 'The client is closed before all four messages are sent.',
  next: 'Quit only after the last message, or leave the client open.',
  at: { calls: ['quit', 'end'] },
};

/**
 * The client is not closed while messages are still to be sent.
 * @throws CheckFailure where it is
 */
export function expectOpenUntilLast(publisher: ProgramRun, messages: string[]): void {
  const sent = publisher.commands('PUBLISH').map(([, , message]) => message);
  const left = messages.filter((message) => !sent.includes(message));
  if (left.length === 0 || sent.length + left.length > messages.length) return;
  if (publisher.commands('QUIT').length === 0) return;
  fail({
    class: 'wrong-output',
    ...closedEarly,
    seen: publisher.commandLines('PUBLISH', 'QUIT'),
  });
}

/** The first message that was published before, to the same channel. */
function sentAgain(publisher: ProgramRun): string | undefined {
  const seen = new Set<string>();
  for (const [, channel, message] of publisher.commands('PUBLISH')) {
    // Redis refuses one that has no message.
    if (message === undefined) continue;
    const sent = JSON.stringify([channel, message]);
    if (seen.has(sent)) return message;
    seen.add(sent);
  }
  return undefined;
}
