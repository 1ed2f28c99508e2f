import { fail, type Task } from '#grading';

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
