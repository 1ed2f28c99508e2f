import { fail } from './finding';
import type { Running } from './running';
import type { Task } from './task';

/** How much shorter than asked the whole may look on the wire, in milliseconds. */
const tolerance = 50;

/** No message of the task waits for so long, in milliseconds. */
const patience = 5_000;

/** A line and its message leave the program in one turn; above this they did not, in milliseconds. */
const apart = 150;

/**
 * Waits until a program that plays the publisher has published so many messages.
 * @returns to how many subscribers they went, over all
 */
export async function allPublished(task: Task, publisher: Running, count: number): Promise<number> {
  const replies = () =>
    task.sandbox.journal
      .commands(publisher.name)
      .filter((command) => command.words[0] === 'PUBLISH' && command.reply !== undefined)
      .map((command) => Number(command.reply));
  await publisher.until(() => replies().length >= count);
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

/** Waits until so many messages have passed the subscriber's tap, or it has ended. */
export async function delivered(task: Task, subscriber: Running, count: number): Promise<void> {
  const { wire } = task.sandbox.journal;
  await subscriber.until(
    () =>
      wire.filter((one) => one.kind === 'push' && one.program === subscriber.name).length >= count,
  );
}

/**
 * Waits until the publisher has nothing more to send.
 * @throws CheckFailure where it waits for longer than any task asks
 */
export async function announcesAll(publisher: Running): Promise<void> {
  const tooLong = () => publisher.program.timers.find((delay) => delay > patience);
  await publisher.until(() => tooLong() !== undefined, { timers: 0 });
  const delay = tooLong();
  if (delay !== undefined) {
    fail({
      class: 'time-out',
      message: `A message waits for ${delay / 1000} seconds: setTimeout counts in milliseconds.`,
      next: 'Hand the time to setTimeout as it is: it is given in milliseconds.',
    });
  }
  publisher.survived();
}

/**
 * The messages were announced and published after their delays, one after the other. The wire's
 * times show it; where the machine stalled they come together, and the delays that the program
 * asked its timers for decide.
 * @param delays milliseconds, rising
 * @throws CheckFailure otherwise
 */
export function announcesInTime(task: Task, publisher: Running, delays: number[]): void {
  const published = task.sandbox.journal
    .commands(publisher.name)
    .filter((command) => command.words[0] === 'PUBLISH');
  const printed = publisher.program.output.filter((line) => line.text.startsWith('About to send'));
  const span = (published.at(-1)?.at ?? 0) - (published[0]?.at ?? 0);
  const asked = (delays.at(-1) ?? 0) - (delays[0] ?? 0);
  const seen = published.map((one) => `${Math.round(one.at - (published[0]?.at ?? 0))} ms`);
  const expected = delays.map((delay) => `${delay - (delays[0] ?? 0)} ms`);

  const timersSay = delays.every((delay) => publisher.program.timers.includes(delay));
  if (!timersSay && Math.abs(span - asked) > (span < asked ? tolerance : asked)) {
    fail({
      class: 'wrong-output',
      message:
        span < asked
          ? 'The messages are sent too close together: each should wait for its own time.'
          : 'The messages are sent too far apart: their times count from the start, not from each other.',
      next: 'In publishMessage, put the log and the publish into setTimeout(…, time).',
      expected: `after the first: ${expected.join(', ')}`,
      seen: `after the first: ${seen.join(', ')}`,
    });
  }
  const early = published.findIndex(
    (one, index) => one.at - (printed[index]?.at ?? one.at) > apart,
  );
  const late = published.findIndex((one, index) => (printed[index]?.at ?? one.at) - one.at > apart);
  if (late >= 0) {
    fail({
      class: 'wrong-command',
      message:
        'The message is published at once; it should be sent after the time, with the line “About to send …”.',
      next: 'Move the publish into the function that setTimeout calls.',
    });
  }
  if (early >= 0) {
    fail({
      class: 'wrong-output',
      message:
        '“About to send …” is printed at once; it should come after the time too, just before the message is sent.',
      next: 'Move the console.log into the function that setTimeout calls.',
    });
  }
}
