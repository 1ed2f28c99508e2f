import { fail, quote } from './finding';
import type { Running } from './running';
import type { Source } from './source';
import type { Task } from './task';

/** How far a timer may be from the time that was asked for, in milliseconds. */
const tolerance = 20;

/** Timers that wait for longer are no message's, in milliseconds. */
const longestDelay = 1000;

/** No message of the task waits for so long, in milliseconds. */
const patience = 5_000;

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

/**
 * Publishes messages from the check itself, each when the subscriber has nothing more to do about
 * the one before: on a machine under load they would else come together.
 * @param subscriber started with its moments watched
 */
export async function publishOneByOne(
  task: Task,
  subscriber: Running,
  channel: string,
  messages: string[],
): Promise<void> {
  let receivers = 0;
  for (const message of messages) {
    const { moments } = subscriber.program;
    const before = moments.length;
    receivers += await publish(task, channel, [message]);
    await delivered(task, subscriber, receivers);
    await subscriber.rests(Number.POSITIVE_INFINITY);
    // What it puts off until after the next message is not waited for.
    const late = moments.slice(before).some((one) => one.what === 'timer' && one.delay >= distance);
    if (!late) await subscriber.rests();
  }
}

/** The task’s messages come so far apart, in milliseconds. */
const distance = 100;

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
  const tooLong = () => delaysOf(publisher).find((delay) => delay > patience);
  await publisher.until(() => tooLong() !== undefined || sentAgain(publisher) !== undefined, {
    timers: 0,
  });
  const again = sentAgain(publisher);
  if (again !== undefined) {
    fail({
      class: 'wrong-command',
      message: `The message ${quote(again)} is published more than once.`,
      next: publisher.commands('PUBLISH').every(([, , message]) => message === again)
        ? 'Publish what publishMessage was called with: a variable outside of it holds the last message when the timers end.'
        : 'Publish each message once, after its time: setTimeout waits once, setInterval again and again.',
      seen: publisher.commandLines('PUBLISH'),
    });
  }
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
 * The client is not closed while messages are still to be sent.
 * @throws CheckFailure where it is
 */
export function closesAfterTheLast(task: Task, publisher: Running, messages: string[]): void {
  const sent = publisher.commands('PUBLISH').map(([, , message]) => message);
  const left = messages.filter((message) => !sent.includes(message));
  if (left.length === 0 || sent.length + left.length > messages.length) return;
  if (publisher.commands('QUIT').length === 0) return;
  fail({
    class: 'wrong-output',
    message: 'The client is closed before all four messages are sent.',
    next: 'Quit only after the last message, or leave the client open.',
    seen: publisher.commandLines('PUBLISH', 'QUIT'),
    line: task.source.lineOfCall('quit', 'end'),
  });
}

/** The first message that was published before, to the same channel. */
function sentAgain(publisher: Running): string | undefined {
  const seen = new Set<string>();
  for (const [, channel, message = ''] of publisher.commands('PUBLISH')) {
    const sent = JSON.stringify([channel, message]);
    if (seen.has(sent)) return message;
    seen.add(sent);
  }
  return undefined;
}

/**
 * The messages were announced and published after their delays, one after the other: by the
 * program's own clock, whatever the load that the machine is under.
 * @param delays milliseconds, rising
 * @param line what is printed for a message
 * @throws CheckFailure otherwise
 */
export function announcesInTime(
  task: Task,
  publisher: Running,
  messages: string[],
  delays: number[],
  line: (message: string) => string,
): void {
  const { moments } = publisher.program;
  const begin = moments.find((one) => one.what === 'timer' && one.delay <= longestDelay)?.at;
  const waited = (what: 'print' | 'publish', texts: string[]) =>
    texts.flatMap((text) => {
      const first = moments.find((one) => one.what === what && one.text.trim() === text);
      return first ? first.at - (begin ?? first.at) : [];
    });
  const printed = waited('print', messages.map(line));
  const published = waited('publish', messages);
  // A client or a way to print that does not tell is judged by its lines and commands alone.
  if (printed.length < messages.length || published.length < messages.length) return;

  const span = (published.at(-1) ?? 0) - (published[0] ?? 0);
  // Who asks the clock again and again sets timers that tell nothing of the time that is waited for.
  const waits = published.every((time, at) => time >= (delays[at] ?? 0) - tolerance);
  const begun = delaysBeforeFirst(publisher, [messages, messages.map(line)]);
  const pace =
    waits && asksTheClock(task.source) ? 'right' : paceOf(delaysOf(publisher), begun, span, delays);
  const changed = pace === 'right' ? undefined : changeOf(delaysOf(publisher), delays);
  if (changed !== undefined) {
    fail({
      class: 'wrong-output',
      message: `Each message waits ${changed}; the time is given in milliseconds already.`,
      next: 'Hand the time to setTimeout as it is: setTimeout(…, time).',
      expected: delays.map((delay) => `${delay} ms`).join(', '),
      seen: delaysOf(publisher)
        .map((delay) => `${delay} ms`)
        .join(', '),
    });
  }
  if (pace !== 'right') {
    const from = (times: number[]) =>
      times.map((time) => `${Math.round(time - (times[0] ?? 0))} ms`);
    fail({
      class: 'wrong-output',
      message:
        pace === 'close'
          ? 'The messages are sent too close together: each should wait for its own time.'
          : 'The messages are sent too far apart: their times count from the start, not from each other.',
      next: 'In publishMessage, put the log and the publish into setTimeout(…, time), and let no call wait for another.',
      expected: `after the first: ${from(delays).join(', ')}`,
      seen: `after the first: ${from(published).join(', ')}`,
    });
  }
  // A timer never ends early: what waits for it waits at least so long.
  const least = total(delays) / 2;
  if (total(published) < least) {
    fail({
      class: 'wrong-command',
      message:
        'The message is published at once; it should be sent after the time, with the line “About to send …”.',
      next: 'Move the publish into the function that setTimeout calls.',
    });
  }
  if (total(printed) < least) {
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

function asksTheClock(source: Source): boolean {
  return ['Date', 'performance', 'hrtime'].some((name) => source.mentions(name));
}

/** The delays of the timers that it set before a message was done with, in milliseconds. */
function delaysBeforeFirst({ program: { moments } }: Running, told: string[][]): number[] {
  const firsts = told.map((texts) =>
    moments.findIndex((one) => one.what !== 'timer' && texts.includes(one.text.trim())),
  );
  return moments
    .slice(0, Math.max(...firsts))
    .flatMap((one) => (one.what === 'timer' ? [one.delay] : []));
}

/** The delays of all timers that it set, in milliseconds. */
function delaysOf(publisher: Running): number[] {
  return publisher.program.moments.flatMap((one) => (one.what === 'timer' ? [one.delay] : []));
}

/** What was made of every time alike before it was waited for, where it was that. */
function changeOf(timers: number[], delays: number[]): string | undefined {
  const [first = 0, ...more] = timers.slice(-delays.length);
  const [least = 1, ...others] = delays;
  // All at the same time is no change that was made of each.
  if (more.length < others.length || (more.at(-1) ?? 0) - first <= tolerance) return undefined;
  const fits = (made: (delay: number) => number) =>
    others.every((delay, at) => Math.abs((more[at] ?? 0) - made(delay)) <= tolerance);
  const factor = first / least;
  const added = first - least;
  if (factor !== 1 && fits((delay) => delay * factor)) {
    return factor > 1
      ? `${Number(factor.toFixed(2))} times as long as it was told`
      : 'only a part of the time that it was told';
  }
  if (added > tolerance && fits((delay) => delay + added))
    return `${added} ms longer than it was told`;
  return undefined;
}

/** @param begun those of the timers that were set before the first message */
function paceOf(
  all: number[],
  begun: number[],
  span: number,
  delays: number[],
): 'right' | 'close' | 'far' {
  const timers = all.filter((delay) => delay <= longestDelay);
  // A timer of its own for each, but one set when the one before had ended.
  if (waitsFor(timers, delays)) return waitsFor(begun, delays) ? 'right' : 'far';
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
