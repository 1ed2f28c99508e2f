import { fail, quote } from './finding';
import type { Running } from './running';
import type { Task } from './task';

/** How far a timer may be from the time that was asked for, in milliseconds. */
const tolerance = 20;

/** Timers that wait for longer are no message's, in milliseconds. */
const longestDelay = 1000;

/** No message of the task waits for so long, in milliseconds. */
const patience = 5_000;

/**
 * A line and its message leave the program in one turn. Where only one of the two is delayed, this
 * much lies between them at the least, all four taken together, in milliseconds.
 */
const apart = 200;

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
 * The messages were announced and published after their delays, one after the other. The delays
 * that the program asked its timers for decide; the wire's times only where those tell nothing, as
 * with one timer for all, since under load they come together.
 * @param delays milliseconds, rising
 * @throws CheckFailure otherwise
 */
export function announcesInTime(task: Task, publisher: Running, delays: number[]): void {
  const published = task.sandbox.journal
    .commands(publisher.name)
    .filter((command) => command.words[0] === 'PUBLISH');
  const printed = publisher.program.output.filter((line) => line.text.startsWith('About to send'));
  const timers = publisher.program.timers.filter((delay) => delay <= longestDelay);
  const from = published[0]?.at ?? 0;
  const pace = paceOf(timers, (published.at(-1)?.at ?? 0) - from, delays);
  if (pace !== 'right') {
    fail({
      class: 'wrong-output',
      message:
        pace === 'close'
          ? 'The messages are sent too close together: each should wait for its own time.'
          : 'The messages are sent too far apart: their times count from the start, not from each other.',
      next: 'In publishMessage, put the log and the publish into setTimeout(…, time).',
      expected: `after the first: ${delays.map((delay) => `${delay - (delays[0] ?? 0)} ms`).join(', ')}`,
      seen: `after the first: ${published.map((one) => `${Math.round(one.at - from)} ms`).join(', ')}`,
    });
  }
  const lines = published.map((one, index) => printed[index]?.at ?? one.at);
  const behind = (late: number, early: number) => Math.max(0, late - early);
  const linesBehind = published.map((one, index) => behind(lines[index] ?? 0, one.at));
  // Nothing is sent before there is a connection: that is none of the program's doing.
  const messagesBehind = published.map((one, index) =>
    behind(one.at, Math.max(lines[index] ?? 0, from)),
  );
  if (total(linesBehind) > apart) {
    fail({
      class: 'wrong-command',
      message:
        'The message is published at once; it should be sent after the time, with the line “About to send …”.',
      next: 'Move the publish into the function that setTimeout calls.',
    });
  }
  if (total(messagesBehind) > apart) {
    fail({
      class: 'wrong-output',
      message:
        '“About to send …” is printed at once; it should come after the time too, just before the message is sent.',
      next: 'Move the console.log into the function that setTimeout calls.',
    });
  }
}

/**
 * Each of these calls is made with just the task's text and number, where it gets them as such.
 * @throws CheckFailure naming the first that is not
 */
export function callsWith(task: Task, name: string, times: Readonly<Record<string, number>>): void {
  for (const { values, line } of task.source.literalArguments(name)) {
    const [text, time] = values;
    const wanted = times[String(text)];
    if (typeof time !== 'number' || wanted === undefined || time === wanted) continue;
    fail({
      class: 'requirement-not-met',
      message: `${name} is called with ${quote(String(text))} and ${time}; the task asks for ${wanted}.`,
      next: `Call ${name} at the end of the file as the task has it.`,
      expected: String(wanted),
      seen: String(time),
      line,
    });
  }
}

function paceOf(timers: number[], span: number, delays: number[]): 'right' | 'close' | 'far' {
  if (waitsFor(timers, delays)) return 'right';
  const last = delays.at(-1) ?? 0;
  if (timers.length >= delays.length && !waitsFor(sums(timers), delays)) {
    return Math.max(...timers) < last ? 'close' : 'far';
  }
  // One after the other, or one timer again and again.
  const asked = last - (delays[0] ?? 0);
  if (span < asked / 3) return 'close';
  return span > asked * 3 ? 'far' : 'right';
}

function waitsFor(timers: number[], delays: number[]): boolean {
  return delays.every((delay) => timers.some((timer) => Math.abs(timer - delay) <= tolerance));
}

function total(times: number[]): number {
  return times.reduce((sum, time) => sum + time, 0);
}

/** When each of them ends, where one begins as the one before ends. */
function sums(timers: number[]): number[] {
  let sum = 0;
  return timers.map((timer) => {
    sum += timer;
    return sum;
  });
}
