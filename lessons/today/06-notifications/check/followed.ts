import {
  anyOrder,
  fail,
  isWritten,
  type OutputDiagnosis,
  type ProgramRun,
  quote,
  type Task,
} from '#grading';
import type { QueueEvent } from '#vocabulary/bullmq/history';
import { createdLine } from '../../vocabulary/notifications/lines';

/** A line that is due at an event of a job. */
interface Due {
  id: string;
  event: string;
  line: string;
}

/**
 * The program tells what becomes of each job: of one job in its order, jobs may mingle.
 * @throws CheckFailure otherwise
 */
export async function expectFollowed(
  task: Task,
  program: ProgramRun,
  ids: readonly string[],
  history: readonly QueueEvent[],
): Promise<void> {
  const due = history.flatMap(dueAt);
  const count = ids.length + due.length;
  await program.waitUntil(() => program.outputLines.length >= count, { timers: 0 });
  await program.waitForIdle(0);
  program.expectNoCrash();
  const printed = program.lines.filter((one) => one.trim() !== '').slice(ids.length);
  const created = anyOrder(...ids.map(createdLine));
  if (isInOrderOfEach(due, printed)) {
    program.expectOutput([created, anyOrder(...printed)]);
    return;
  }
  expectAllHeard(task, due, printed);
  expectRepeated(due, printed);
  program.expectOutput([created, ...due.map(({ line }) => line)], {
    diagnoses: diagnosesOf(),
  });
}

function dueAt({ event, id, fields }: QueueEvent): Due[] {
  const ends: Record<string, string> = {
    progress: `${fields.data}% complete`,
    completed: 'completed',
    failed: `failed: ${fields.failedReason}`,
  };
  const end = ends[event];
  return end === undefined ? [] : [{ id, event, line: `Notification job ${id} ${end}` }];
}

function isInOrderOfEach(due: readonly Due[], printed: readonly string[]): boolean {
  const left = [...due];
  const complete = printed.every((line) => {
    const index = left.findIndex((one) => one.line === line);
    const [found] = index < 0 ? [] : left.splice(index, 1);
    return found !== undefined && !left.slice(0, index).some(({ id }) => id === found.id);
  });
  return complete && left.length === 0;
}

/** How a line looks that is meant for an event. */
const meantFor: Record<string, RegExp> = {
  progress: /%|complete$/,
  completed: /completed$/,
  failed: /fail/,
};

/** No kind of event passes without a line. */
function expectAllHeard({ source }: Task, due: readonly Due[], printed: readonly string[]): void {
  for (const event of ['progress', 'completed', 'failed']) {
    const own = due.filter((one) => one.event === event);
    const meant = meantFor[event];
    const isTold = printed.some((line) => meant?.test(line) === true);
    if (own.length === 0 || isTold) continue;
    const listens = isWritten(source, `$.on('${event}', $$$)`);
    const events = isWritten(source, 'new QueueEvents($$$)');
    const [first] = own;
    fail({
      class: 'wrong-output',
      message: `The event “${event}” passes unheard: no line tells of it, such as “${first?.line}”.`,
      next: !events
        ? 'Make a QueueEvents with the name of the queue, and listen there; a Queue tells only of what its own program did.'
        : listens
          ? 'Let the QueueEvents of this queue be what listens, and print the line each time.'
          : `Listen to the QueueEvents for “${event}”, and print the line there.`,
      at: [{ code: `$.on('${event}', $$$)` }, { code: 'new QueueEvents($$$)' }],
      expected: due.map(({ line }) => line).join('\n'),
      seen: printed.join('\n'),
    });
  }
}

/** A progress that comes again is told again. */
function expectRepeated(due: readonly Due[], printed: readonly string[]): void {
  const times = (line: string, lines: readonly string[]) =>
    lines.filter((one) => one === line).length;
  const lines = due.map(({ line }) => line);
  const once = lines.find((line) => times(line, lines) > 1 && times(line, printed) === 1);
  if (once === undefined) return;
  fail({
    class: 'wrong-output',
    message: `A progress comes that equals the one before, and ${quote(once)} is printed once only.`,
    next: 'Print a line at each event “progress”, whatever the one before said.',
    at: { code: "$.on('progress', $$$)" },
    expected: lines.join('\n'),
    seen: printed.join('\n'),
  });
}

function diagnosesOf(): OutputDiagnosis[] {
  return [
    {
      pattern: /^Notification job (undefined|null|NaN|\[object \w+\]) /,
      message: 'The line does not tell which job it is about.',
      next: 'Take jobId out of what the listener gets: ({ jobId }) => ….',
    },
    {
      pattern: /^Notification job \S+ (undefined|\[object Object\]|NaN)% complete$/,
      message: 'The line does not tell the percentage.',
      next: 'What was reported stands in data of what the listener gets: ({ jobId, data }) => ….',
    },
    {
      pattern: /^Notification job \S+ failed: ?(undefined|\[object Object\])?$/,
      message: 'The line does not tell the error that the job failed with.',
      next: 'The text stands in failedReason of what the listener gets: ({ jobId, failedReason }) => ….',
    },
    {
      pattern: /^Notification job #\d+ /,
      message: 'The line has a “#” before the id; the task has none there.',
      next: 'Print the id as it is, without a sign before it.',
    },
  ];
}
