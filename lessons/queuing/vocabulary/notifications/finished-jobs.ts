import {
  fail,
  findFunction,
  oddCondition,
  type Place,
  type ProgramRun,
  quote,
  type Source,
  type Task,
  ts,
} from '#grading';
import { doneCalls } from '#vocabulary/kue/done-calls';
import { endsOf } from '#vocabulary/kue/job-ends';
import { blacklistedText } from './blacklisted-text';
import type { NotificationJob } from './data';
import { sendingLine } from './sent-line';

/**
 * The program has completed these jobs, and printed a line for each.
 * @throws CheckFailure naming the first that failed or is without its line
 */
export function expectNotified(
  task: Task,
  running: ProgramRun,
  jobs: readonly NotificationJob[],
): void {
  const seen = [...running.outputLines];
  const ends = endsOf(running);
  for (const { id, data } of jobs) {
    const line = sendingLine(data);
    const index = seen.indexOf(line);
    if (index >= 0) seen.splice(index, 1);
    const failed = ends.find((one) => one.id === id && one.event === 'failed');
    if (failed) {
      notBlacklisted(task, data.phoneNumber, String(failed.argument));
      const error = quote(String(failed.argument));
      fail({
        class: 'wrong-data',
        message:
          index < 0
            ? `The job for ${data.phoneNumber} fails with ${error}; it should be notified and completed.`
            : `The job for ${data.phoneNumber} is notified, but fails with ${error}.`,
        next: 'Call done() without an argument where all went well: its first argument is an error.',
        expected: `job ${id}: complete`,
        seen: `job ${id}: failed`,
        line: doneCalls(task.source).find(({ fails, node }) => fails && !isNewError(node))?.line,
        at: [{ calls: ['done'] }, { names: [data.phoneNumber] }],
      });
    }
    if (index >= 0) continue;
    fail({
      class: 'wrong-output',
      message: `The job for ${data.phoneNumber} is completed, but the line ${quote(line)} is missing.`,
      ...unprinted(task),
      expected: jobs.map((one) => sendingLine(one.data)).join('\n'),
      seen: running.outputLines.join('\n'),
    });
  }
}

/** Why the line of a job is missing: what prints it is not called, or prints nothing. */
function unprinted({ source }: Task): { next: string; at: Place } {
  const declared = findFunction(source.nodes, 'sendNotification');
  return declared && !/\.(?:log|info|write|error)\(/.test(declared.getText())
    ? {
        next: 'Let sendNotification print the line, by console.log: it prints nothing.',
        at: { names: ['sendNotification'] },
      }
    : {
        next: 'Call sendNotification for each job, in the function that queue.process() gets.',
        at: { calls: ['sendNotification'] },
      };
}

/** @throws CheckFailure where it is refused as if it were blacklisted */
function notBlacklisted(task: Task, phoneNumber: string, error: string): void {
  if (error !== blacklistedText(phoneNumber)) return;
  const listed = task.source.mentions(phoneNumber);
  const message = `The number ${phoneNumber} is refused as blacklisted; it is none of the two that the task names.`;
  const odd = listed ? undefined : oddCondition(task.source);
  if (odd) fail({ class: 'wrong-data', ...odd, message: `${message} ${odd.message}` });
  fail({
    class: 'wrong-data',
    message,
    next: listed
      ? 'Take it out of the blacklist: 4153518780 and 4153518781 are all that belongs there.'
      : 'Compare whole numbers: blacklist.includes(phoneNumber), with the task’s two in the list.',
    line: listed ? task.source.lineOfText(phoneNumber) : conditionOf(task.source),
    at: { lacks: error },
  });
}

function isNewError({ arguments: [error] }: ts.CallExpression): boolean {
  return error !== undefined && ts.isNewExpression(error);
}

/** The condition under which a file says that a number is blacklisted. */
function conditionOf(source: Source): number | undefined {
  const text = source.nodes.find(
    (node) => /is blacklisted/.test(node.getText()) && ts.isNewExpression(node),
  );
  for (let at = text?.parent; at; at = at.parent) {
    if (ts.isIfStatement(at) || ts.isConditionalExpression(at)) return source.lineOf(at);
  }
  return undefined;
}
