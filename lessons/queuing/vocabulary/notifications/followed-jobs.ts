import {
  fail,
  matches,
  type NextStep,
  type PlacedFinding,
  type ProgramRun,
  quote,
  shown,
  type Task,
} from '#grading';
import { failUnheard } from '#vocabulary/kue/listeners';
import { type FollowedJob, type JobLine, linesOf } from './job-lines';
import { isMeantFor, lineFault } from './line-diagnosis';
import { inPrintedOrder } from './printed-order';

type Wrong = (
  message: string,
  next: NextStep,
  where?: Pick<PlacedFinding, 'line' | 'at' | 'compared'>,
) => never;

/** One job's lines: how many were seen, and those that others overtook. */
interface Thread {
  lines: JobLine[];
  next: number;
  skipped: JobLine[];
}

/**
 * The program reports all that happens to its jobs: each job's lines in their order, the jobs mixed
 * in any way. A number sign before the id is right, and so is `Error: ` before an error's message.
 * @throws CheckFailure with the first fault
 */
export function expectAllFollowed(
  task: Task,
  running: ProgramRun,
  jobs: readonly FollowedJob[],
): void {
  const threads = jobs.map((job) => ({ lines: linesOf(job), next: 0, skipped: [] }) as Thread);
  const wrong: Wrong = (message, next, where) =>
    fail({
      class: 'wrong-output',
      message,
      next,
      expected: inPrintedOrder(
        threads.flatMap(({ lines }) => lines),
        running.outputLines,
      ).join('\n'),
      seen: running.outputLines.join('\n'),
      ...where,
    });

  const strange: string[] = [];
  const again: string[] = [];
  for (const text of printed(running, threads)) {
    const thread = threads.find(({ lines }) => lines.some((one) => matches(one.expected, text)));
    if (!thread) strange.push(text);
    else if (!isNext(thread, text, wrong)) again.push(text);
  }

  const wrongLines = [...strange, ...again];
  const shared = sharedId(jobs, running, wrongLines);
  if (shared !== undefined) {
    wrong(
      `The lines of several jobs all tell the id ${shared}: by then the variable holds another job than the one it was when the listener was made.`,
      'Declare the job with const inside the loop, so that each round has one of its own.',
      strange[0] === undefined ? {} : { at: { prints: strange[0] } },
    );
  }
  const [text] = strange;
  if (text !== undefined) {
    const { message, next, ...where } = lineFault(
      task,
      text,
      threads.flatMap(({ lines }) => lines),
    );
    wrong(message, next, { at: { prints: text }, ...where });
  }
  missing(task, running, threads, wrong);
  if (again[0] !== undefined) {
    wrong(
      `The line ${quote(again[0])} is printed once too often.`,
      'Look for a listener that is added twice, or for one on the queue beside one on the job.',
      { at: { prints: again[0], which: 'last' } },
    );
  }
}

/** How many lines {@link expectAllFollowed} expects. */
export function lineCountOf(jobs: readonly FollowedJob[]): number {
  return jobs.reduce((sum, job) => sum + linesOf(job).length, 0);
}

/** Standard output, and what of the expected went to standard error: the two have no order. */
function printed(running: ProgramRun, threads: Thread[]): string[] {
  const all = threads.flatMap(({ lines }) => lines);
  return [
    ...running.lines,
    ...running.program.output
      .filter(
        ({ stream, text }) => stream === 'stderr' && all.some((one) => matches(one.expected, text)),
      )
      .map(({ text }) => text),
  ];
}

/** A line on standard error that was meant for the event: there it counts only as it is expected. */
function onStandardError(running: ProgramRun, event: JobLine['event']): string | undefined {
  return running.program.output.find(
    ({ stream, text }) => stream === 'stderr' && isMeantFor(event, text),
  )?.text;
}

/** @returns false where the line was there before */
function isNext(thread: Thread, text: string, wrong: Wrong): boolean {
  const overtaken = thread.skipped.find((one) => matches(one.expected, text));
  if (overtaken) {
    wrong(
      `The line ${quote(text)} comes too late: another line of the same job is printed before it.`,
      'Print each line at once in its listener.',
      { at: { prints: text } },
    );
  }
  const index = thread.lines.findIndex((one) => matches(one.expected, text));
  if (index < thread.next) return false;
  thread.skipped.push(...thread.lines.slice(thread.next, index));
  thread.next = index + 1;
  return true;
}

/** The one id that all lines have, if there should be several. */
function sharedId(
  jobs: readonly FollowedJob[],
  running: ProgramRun,
  wrong: readonly string[],
): number | undefined {
  const ids = running.lines.flatMap((text) => {
    const id = /^Notification job #?(\d+) /.exec(text)?.[1];
    return id === undefined ? [] : [Number(id)];
  });
  const [first] = ids;
  const tooMany = wrong.some((text) => text.includes(String(first)));
  const alone = jobs.length > 1 && ids.every((id) => id === first) && tooMany;
  return alone && jobs.some((job) => job.id === first) ? first : undefined;
}

function missing(task: Task, running: ProgramRun, threads: Thread[], wrong: Wrong): void {
  const left = threads.flatMap((one) => [...one.skipped, ...one.lines.slice(one.next)]);
  const [first] = left;
  if (!first) return;
  const silent = threads.filter(({ next }) => next === 1);
  const heard = threads.length - silent.length;
  if (
    heard > 0 &&
    silent.length > 0 &&
    left.length === silent.reduce((sum, one) => sum + one.lines.length - 1, 0)
  ) {
    wrong(
      `Only ${heard} of the ${threads.length} jobs ${heard === 1 ? 'is' : 'are'} followed to the end: nothing is printed for the others.`,
      'Add the listeners inside the loop, to each job.',
    );
  }
  const { event, expected } = first;
  const all = threads.flatMap(({ lines }) => lines).filter((one) => one.event === event);
  const never = all.every((one) => left.includes(one));
  if (never) {
    const awry = onStandardError(running, event);
    if (awry !== undefined) {
      const { message, next, ...where } = lineFault(task, awry, all);
      wrong(message, next, { at: { prints: awry }, ...where });
    }
    failUnheard(task, running, event, shown(expected));
  }
  const once = task.source.textArguments('once').find(({ text }) => text === event);
  wrong(
    `The line ${quote(shown(expected))} is missing.`,
    once
      ? `Listen by on(), not by once(), which hears of the first ${quote(event)} alone.`
      : 'Print a line each time the listener is called, for every job.',
    { line: once?.line, at: { lacks: shown(expected) } },
  );
}
