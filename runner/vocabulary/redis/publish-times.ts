import ts from 'typescript';
import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import { matching } from '../../grading/source/pattern';
import type { Source } from '../../grading/source/requirements';
import type { Task } from '../../grading/task';
import type { Announcing } from './announced-calls';

/** How far a timer may be from the time that was asked for, in milliseconds. */
const tolerance = 20;

/** Timers that wait for longer are no message's, in milliseconds. */
const longestDelay = 1000;

/**
 * The messages were announced and published after their delays, one after the other: by the
 * program's own clock, whatever the load that the machine is under.
 * @param announcing its times rise
 * @throws CheckFailure otherwise
 */
export function expectTimes(
  task: Task,
  publisher: ProgramRun,
  { name, times, line }: Announcing,
): void {
  const messages = Object.keys(times);
  const delays = Object.values(times);
  const { moments } = publisher.program;
  const begin = moments.find((one) => one.what === 'timer' && one.delay <= longestDelay)?.at;
  const waited = (what: 'print' | 'publish', texts: string[]) =>
    texts.flatMap((text) => {
      const first = moments.find((one) => one.what === what && one.text.trim() === text);
      return first ? first.at - (begin ?? first.at) : [];
    });
  const printed = waited('print', messages.map(line));
  const published = waited('publish', messages);
  // A client or a way to print that leaves no moments is judged by its lines and commands alone.
  if (printed.length < messages.length || published.length < messages.length) return;

  const span = (published.at(-1) ?? 0) - (published[0] ?? 0);
  // A program that asks the clock again and again sets timers that say nothing of how long it waits.
  const waits = published.every((time, at) => time >= (delays[at] ?? 0) - tolerance);
  const hasWaited = (published[0] ?? 0) >= (delays[0] ?? 0) - tolerance;
  const begun = delaysBeforeFirst(publisher, [messages, messages.map(line)]);
  const pace =
    waits && asksTheClock(task.source)
      ? 'right'
      : paceOf(delaysOf(publisher), begun, { span, hasWaited }, delays);
  const changed = pace === 'right' ? undefined : changeOf(delaysOf(publisher), delays);
  if (changed !== undefined) {
    fail({
      class: 'wrong-output',
      message: `Each message waits ${changed}; the time is given in milliseconds already.`,
      next: 'Hand the time to setTimeout as it is: setTimeout(…, time).',
      at: { calls: ['setTimeout'] },
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
          ? `The messages are sent too close together: ${closeness(task.source)}.`
          : 'The messages are sent too far apart: their times count from the start, not from each other.',
      next:
        pace === 'close'
          ? hasPromises(task.source)
            ? `In ${name}, await setTimeout(time) before the log and the publish.`
            : `In ${name}, put the log and the publish into setTimeout(…, time).`
          : `Let each call of ${name} set its timer at once: none may wait for the one before it.`,
      at:
        pace === 'close'
          ? { calls: ['setImmediate', 'setTimeout', 'publish'] }
          : [{ code: `await ${name}($$$)` }, { calls: ['then'] }],
      expected: `after the first: ${from(delays).join(', ')}`,
      seen: `after the first: ${from(published).join(', ')}`,
    });
  }
  // A timer never ends early: what waits for it waits at least so long.
  const least = total(delays) / 2;
  if (total(published) < least) {
    fail({
      class: 'wrong-command',
      message: `The message is published at once; it should be sent after the time, with the line ${quote(line('…'))}.`,
      next: hasPromises(task.source)
        ? 'Move the publish below the line that awaits the timer.'
        : 'Move the publish into the function that setTimeout calls.',
      at: { calls: ['publish'] },
    });
  }
  if (total(printed) < least) {
    fail({
      class: 'wrong-output',
      message: `${quote(line('…'))} is printed at once; it should come after the time too, just before the message is sent.`,
      next: hasPromises(task.source)
        ? 'Move the console.log below the line that awaits the timer.'
        : 'Move the console.log into the function that setTimeout calls.',
      at: { prints: messages.map(line)[0] ?? '' },
    });
  }
}

/** Why the messages do not wait for their own times, as the file shows it. */
function closeness(source: Source): string {
  const [timer] = source.literalArguments('setTimeout');
  const isPromised = hasPromises(source);
  const [called] = matching(source, 'setTimeout($$$)');
  if (source.countCalls('setImmediate') > 0) return 'setImmediate() waits for no time';
  if (isPromised && called && ts.isExpressionStatement(called.parent))
    return 'nothing awaits the promise of setTimeout()';
  const values = isPromised ? [undefined, ...(timer?.values ?? [])] : timer?.values;
  if (values?.length === 1) return 'setTimeout() is given no time';
  if (typeof values?.[1] === 'number') return `setTimeout() is given ${values[1]} for each`;
  return 'each should wait for its own time';
}

/** Whether its timers are those of Node that give promises: the time is their first argument. */
function hasPromises(source: Source): boolean {
  return source.modules().some((name) => /^(?:node:)?timers\/promises$/.test(name));
}

/** The delays of all timers that it set, in milliseconds. */
export function delaysOf(publisher: ProgramRun): number[] {
  return delaysIn(publisher.program.moments);
}

function delaysIn(moments: ProgramRun['program']['moments']): number[] {
  return moments.flatMap((one) => (one.what === 'timer' ? [one.delay] : []));
}

function asksTheClock(source: Source): boolean {
  return ['Date', 'performance', 'hrtime'].some((name) => source.mentions(name));
}

/** The delays of the timers that it set before a message was done with, in milliseconds. */
function delaysBeforeFirst({ program: { moments } }: ProgramRun, lines: string[][]): number[] {
  const firsts = lines.map((texts) =>
    moments.findIndex((one) => one.what !== 'timer' && texts.includes(one.text.trim())),
  );
  return delaysIn(moments.slice(0, Math.max(...firsts)));
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

/**
 * @param begun those of the timers that were set before the first message
 * @param sent from the first message to the last, in milliseconds; and whether the first one waited
 */
function paceOf(
  all: number[],
  begun: number[],
  { span, hasWaited }: { span: number; hasWaited: boolean },
  delays: number[],
): 'right' | 'close' | 'far' {
  const timers = all.filter((delay) => delay <= longestDelay);
  // A timer of its own for each, but one set when the one before had ended.
  if (waitsFor(timers, delays)) {
    if (waitsFor(begun, delays)) return 'right';
    return hasWaited ? 'far' : 'close';
  }
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
