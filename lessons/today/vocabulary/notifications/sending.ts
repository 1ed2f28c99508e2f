import { fail, type ProgramRun, quote, type Task } from '#grading';
import type { Notification } from './data';
import { sendingLine } from './lines';

/**
 * The function `sendNotification` is there, takes a number and a message, and is used.
 * @throws CheckFailure otherwise
 */
export function expectSending({ source }: Task): void {
  const name = 'sendNotification';
  source.expectFunction(name);
  source.expectParameterOrder(name, ['phoneNumber', 'message']);
  if ((source.parameters(name) ?? 2) < 2) {
    fail({
      class: 'requirement-not-met',
      message: `The function ${name} takes fewer than two arguments.`,
      next: 'Let it take phoneNumber and message, in this order.',
      at: { names: [name] },
    });
  }
  if (source.isUsed(name)) return;
  fail({
    class: 'requirement-not-met',
    message: `The function ${name} is declared, but nothing calls it.`,
    next: 'Call it for each job, in the function of the Worker.',
    at: { names: [name] },
  });
}

/**
 * Two jobs that carry the same are two notifications.
 * @throws CheckFailure where one alone is sent
 */
export function expectAlikeSent(worker: ProgramRun, jobs: readonly Notification[]): void {
  const due = jobs.map(sendingLine);
  const times = (lines: readonly string[], line: string) =>
    lines.filter((one) => one === line).length;
  const once = due.find((line) => times(due, line) > 1 && times(worker.lines, line) === 1);
  if (once === undefined) return;
  fail({
    class: 'wrong-output',
    message: `Two jobs carry the same number and message, and ${quote(once)} is printed for one of them alone.`,
    next: 'Send one for each job: remember none of those before.',
    at: [{ code: 'new Set($$$)' }, { code: 'new Map($$$)' }, { calls: ['sendNotification'] }],
    expected: due.join('\n'),
    seen: worker.outputLines.join('\n'),
  });
}
