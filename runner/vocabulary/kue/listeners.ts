import ts from 'typescript';
import { similar } from '../../grading/explain/edit-distance';
import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import { listenersIn } from '../../grading/source/listeners';
import { isWritten } from '../../grading/source/pattern';
import type { Source } from '../../grading/source/requirements';
import type { Task } from '../../grading/task';
import { jobName, thingOf } from './things';

/** The events of kue that a program must hear, and what is taken for them by mistake. */
const mistaken: Record<string, Record<string, string>> = {
  complete: {
    completed: '“completed” is no event of kue; for a job that is completed it is “complete”.',
    success: '“success” is no event of kue; for a job that is completed it is “complete”.',
    done: '“done” is no event of kue; for a job that is completed it is “complete”.',
  },
  failed: {
    'failed attempt':
      '“failed attempt” comes only where another attempt follows; a job that has failed for good tells “failed”.',
    fail: '“fail” is no event of kue; for a job that has failed it is “failed”.',
    failure: '“failure” is no event of kue; for a job that has failed it is “failed”.',
    error: '“error” is not the end of a job; for a job that has failed it is “failed”.',
  },
  progress: {
    progressed: '“progressed” is no event of kue; it is “progress”.',
  },
};

const happened: Record<string, string> = {
  complete: 'is completed',
  failed: 'fails',
  progress: 'makes progress',
};

/**
 * Nothing was printed when an event came.
 * @param event `complete`, `failed` or `progress`
 * @param line the line that is missing
 * @throws CheckFailure naming the listener that is missing, or the event that it has instead
 */
export function failUnheard(task: Task, running: ProgramRun, event: string, line: string): never {
  const listeners = [
    ...task.source.textArguments('on'),
    ...task.source.textArguments('once'),
    ...task.source.textArguments('addListener'),
  ];
  const onQueue = heardOnQueue(task.source, event);
  const heard = listeners.some(({ text }) => text === event || text === `job ${event}`);
  const other = heard
    ? undefined
    : (listeners.find(({ text }) => mistaken[event]?.[text]) ??
      listeners.find(({ text }) => !events.has(text) && similar(text, event)));
  const silenced = heard ? silencing(task.source) : undefined;
  if (silenced !== undefined) {
    fail({
      class: 'wrong-output',
      message: `When a job ${happened[event]}, the program does not print ${quote(line)}: the option jobEvents: false keeps events from the jobs.`,
      next: 'Take jobEvents out of the options of createQueue().',
      expected: line,
      seen: running.outputLines.join('\n'),
      line: silenced,
    });
  }
  const onJob = heardOnJob(task.source, event);
  if (onJob !== undefined) {
    fail({
      class: 'wrong-output',
      message: `“job ${event}” is an event of the queue; on the job itself it is ${quote(event)}.`,
      next: `Leave “job” out of the name: ${quote(event)}.`,
      expected: line,
      seen: running.outputLines.join('\n'),
      line: onJob,
    });
  }
  if (onQueue !== undefined) {
    fail({
      class: 'wrong-output',
      message: `When a job ${happened[event]}, the program does not print ${quote(line)}: line ${onQueue} listens on the queue, whose event is called “job ${event}”.`,
      next: `Listen on the job itself, job.on('${event}', …).`,
      expected: line,
      seen: running.outputLines.join('\n'),
      line: onQueue,
    });
  }
  fail({
    class: 'wrong-output',
    message:
      mistaken[event]?.[other?.text ?? ''] ??
      (other && `${quote(other.text)} is no event of kue; it is ${quote(event)}.`) ??
      `When a job ${happened[event]}, the program does not print ${quote(line)}${heard ? '' : `: nothing listens for ${quote(event)}`}.`,
    next: {
      says: `Listen on the job itself, job.on('${event}', …), and print the line there.`,
      unless: `$.on('${event}', $$$)`,
      otherwise: `Add the listener for ${quote(event)} right behind queue.create(), before save() and outside of its callback, and let it print the line by console.log.`,
    },
    expected: line,
    seen: running.outputLines.join('\n'),
    line: other?.line,
    at: [{ code: `$.on('${event}', $$$)` }, { lacks: line }],
  });
}

/** What kue emits on a job. */
const events = new Set([
  ...['enqueue', 'start', 'promotion', 'progress', 'failed attempt', 'failed', 'complete'],
  ...['remove', 'error'],
]);

/** Where a job is to tell an event by the name that only the queue tells it by. */
function heardOnJob(source: Source, event: string): number | undefined {
  return listenersIn(source).find(
    ({ of, event: name }) => of === jobName(source) && name === `job ${event}`,
  )?.line;
}

/** Where the queue is to tell an event by the name that only its jobs tell it by. */
function heardOnQueue(source: Source, event: string): number | undefined {
  const found = source.nodes.find(
    (node): node is ts.CallExpression =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      /^(?:on|once|addListener)$/.test(node.expression.name.text) &&
      ts.isIdentifier(node.expression.expression) &&
      isQueue(source, node.expression.expression) &&
      node.arguments[0] !== undefined &&
      ts.isStringLiteralLike(node.arguments[0]) &&
      node.arguments[0].text === event,
  );
  return found && source.lineOf(found);
}

/** What createQueue() gives; or a parameter on which the file calls create. */
function isQueue(source: Source, name: ts.Identifier): boolean {
  return thingOf(source, name) === 'queue' || isWritten(source, `${name.text}.create($$$)`);
}

/** The line of an option by which a queue keeps events from its jobs. */
function silencing(source: Source): number | undefined {
  const option = source.nodes.find(
    (node) =>
      ts.isPropertyAssignment(node) &&
      node.name.getText() === 'jobEvents' &&
      node.initializer.kind === ts.SyntaxKind.FalseKeyword,
  );
  return option && source.lineOf(option);
}
