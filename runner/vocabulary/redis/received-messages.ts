import ts from 'typescript';
import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';

/**
 * Every message on the channel is printed, whatever it says.
 * @param words messages that no file knows; two that are alike, one behind the other
 * @throws CheckFailure if it prints none of them, or one of two
 */
export function expectEachMessage(
  { source }: Task,
  subscriber: ProgramRun,
  words: readonly string[],
  expected: readonly string[],
): void {
  const [word = ''] = words;
  const times = subscriber.lines.filter((line) => line === word).length;
  if (times >= words.length) return;
  const condition = source.nodes.find(ts.isIfStatement);
  fail({
    class: 'wrong-output',
    message:
      times === 0
        ? `The message ${quote(word)} is not printed: the task has every message on the channel logged.`
        : `The message ${quote(word)} comes twice but is printed once: the task has every message on the channel logged.`,
    next: 'Print each message as it comes, before any condition.',
    line: condition && source.lineOf(condition),
    expected: expected.join('\n'),
    seen: subscriber.outputLines.join('\n'),
  });
}
