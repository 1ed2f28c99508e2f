import { isGreeting, type ProgramRun, type Task } from '#grading';

/**
 * Every command of the file has its callback, as the first lessons ask; a promise that has to do with
 * none of them is worth an advice.
 * @param running after it has come to rest
 * @param asked the commands of the task, and how many arguments each has before its callback
 * @throws CheckFailure at the first command that works by a promise
 */
export function expectCallbacks(
  task: Task,
  running: ProgramRun,
  asked: Readonly<Record<string, number>>,
): void {
  const sent = running.commands().filter((words) => words[0] !== 'QUIT' && !isGreeting(words));
  const commands = new Map<string, number | undefined>([
    ...sent.map(([name = '']) => [name.toLowerCase(), undefined] as const),
    ...Object.entries(asked),
  ]);
  const line = task.source.expectCallbacks(commands);
  if (line === undefined) return;
  task.advise(
    `Line ${line} works with a promise, which the task does not need: each command has its callback already, and it can do without async, await and then().`,
  );
}
