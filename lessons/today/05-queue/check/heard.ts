import {
  fail,
  isWritten,
  listenersIn,
  matching,
  type ProgramRun,
  quote,
  type Source,
  type Task,
  ts,
} from '#grading';
import { queuesHeardBy } from '#vocabulary/bullmq/scripts';
import { createdLine } from '../../vocabulary/notifications/lines';

/** What becomes of the job of a run. */
export interface Ending {
  run: ProgramRun;
  id: string;
  /** The queue that holds it. */
  queue: string;
  event: 'completed' | 'failed';
}

/**
 * The run tells what became of its own job, and nothing of the other's.
 * @throws CheckFailure otherwise
 */
export async function expectHeard(task: Task, { run, id, queue, event }: Ending): Promise<void> {
  const line = `Notification job ${event}`;
  const other = `Notification job ${event === 'failed' ? 'completed' : 'failed'}`;
  await run.waitUntil(() => run.outputLines.includes(line), { timers: 0 });
  await run.waitForIdle(0);
  run.expectNoCrash();
  const printed = run.lines.filter((one) => one.trim() !== '');
  const sides = { expected: [createdLine(id), line].join('\n'), seen: printed.join('\n') };
  if (printed.includes(line) && printed.includes(other)) {
    fail({
      class: 'wrong-output',
      message: `The program prints “${other}” for the job of another program: its own ${event === 'failed' ? 'failed' : 'was completed'}.`,
      next: 'Compare jobId, which each event carries, with the id of the program’s own job.',
      at: { prints: other },
      ...sides,
    });
  }
  if (printed.length === 1) {
    expectOwnQueue(run, queue, sides);
    failUnheard(task, event, line, sides);
  }
  run.expectOutput([createdLine(id), line], {
    diagnoses: [
      {
        pattern: new RegExp(`^${other}$`),
        message: `The job ${event === 'failed' ? 'failed' : 'was completed'}, but the program prints “${other}”.`,
        next: `Print “${line}” at the event “${event}” of its own job, and the other line at the other event.`,
      },
    ],
  });
}

/** It hears of the queue into which it puts its job. */
function expectOwnQueue(
  run: ProgramRun,
  queue: string,
  sides: { expected: string; seen: string },
): void {
  const heard = queuesHeardBy(run);
  const [other] = heard;
  if (other === undefined || heard.includes(queue)) return;
  fail({
    class: 'wrong-output',
    message: `The QueueEvents are those of the queue ${quote(other)}; the job is in ${quote(queue)}.`,
    next: `Name the queue ${quote(queue)} to the letter, in the first argument of QueueEvents.`,
    at: [{ text: other }, { code: 'new QueueEvents($$$)' }],
    compared: [queue, other],
    ...sides,
  });
}

function failUnheard(
  { source }: Task,
  event: Ending['event'],
  line: string,
  sides: { expected: string; seen: string },
): never {
  const [once] = matching(source, `$.once('${event}', $$$)`);
  if (once) {
    fail({
      class: 'wrong-output',
      message: `The job of another program comes first: once() hears of its “${event}”, and no more of the program’s own.`,
      next: `Listen with on(), which hears each: events.on('${event}', ({ jobId }) => …).`,
      line: source.lineOf(once),
      ...sides,
    });
  }
  const listens = isWritten(source, `$.on('${event}', $$$)`);
  const events = isWritten(source, 'new QueueEvents($$$)');
  const deaf = lineOnQueue(source, event);
  if (events && deaf !== undefined) {
    fail({
      class: 'wrong-output',
      message: `The program listens for “${event}” on the Queue, which does not tell of it.`,
      next: `Listen for it on the QueueEvents: events.on('${event}', ({ jobId }) => …).`,
      line: deaf,
      ...sides,
    });
  }
  const [message, next] = !events
    ? [
        `The job’s event “${event}” passes unheard: the program makes no QueueEvents.`,
        `Make a QueueEvents with the queue’s name, and listen there for “${event}”; a Queue tells only of what its own program did.`,
      ]
    : listens
      ? [
          `Nothing is printed at the job’s event “${event}”, for which the program listens.`,
          `Compare jobId with job.id, both texts, and print “${line}” if they are the same.`,
        ]
      : [
          `The program prints nothing when its job ${event === 'failed' ? 'has failed' : 'was completed'}.`,
          `Listen to QueueEvents for “${event}”, and print “${line}” there.`,
        ];
  fail({
    class: 'wrong-output',
    message,
    next,
    at: [{ code: `$.on('${event}', $$$)` }, { code: 'new QueueEvents($$$)' }, { calls: ['on'] }],
    ...sides,
  });
}

/** The line that listens for an event on a variable that holds a Queue. */
function lineOnQueue(source: Source, event: string): number | undefined {
  const queues = matching(source, 'new Queue($$$)').flatMap(({ parent }) =>
    ts.isVariableDeclaration(parent) ? [parent.name.getText()] : [],
  );
  return listenersIn(source).find((one) => one.event === event && queues.includes(one.of))?.line;
}
