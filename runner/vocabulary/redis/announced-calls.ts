import ts from 'typescript';
import { nearest } from '../../grading/explain/edit-distance';
import { fail, quote } from '../../grading/finding';
import { functionAround } from '../../grading/source/functions';
import type { Task } from '../../grading/task';

/** A function that announces a message and publishes it after a time, and the calls of it that a task asks for. */
export interface Announcing {
  /** The function's name. */
  name: string;
  /** Each message that it is called with, and its time in milliseconds. */
  times: Readonly<Record<string, number>>;
  /** What is printed for a message. */
  line(message: string): string;
}

/**
 * The file calls the function as the task does, if the texts and numbers stand in the calls themselves.
 * @param seen what came of it
 * @throws CheckFailure naming the first call that differs, or that is left out
 */
export function expectCalls(
  task: Task,
  { name, times }: Announcing,
  seen: { expected: string; seen: string },
): void {
  const calls = task.source.literalArguments(name);
  const messages = Object.keys(times);
  const wrong = (message: string, next: string, line?: number): never =>
    fail({ class: 'wrong-output', message, next, line, ...seen });
  if (!task.source.isUsed(name)) {
    wrong(
      `${name} is declared, but nothing calls it.`,
      'Make the calls of the task at the end of the file.',
    );
  }
  const given = new Set<string>();
  for (const { values, line } of calls) {
    const [text, time] = values;
    if (typeof text === 'number' && typeof time === 'string') {
      wrong(
        `${name} is called with the time first; the task hands it the message first.`,
        `Change the places of the two in each call: ${name}('${time}', ${text}).`,
        line,
      );
    }
    if (typeof text !== 'string') continue;
    const near = nearest(text, messages);
    if (times[text] === undefined && near !== undefined) {
      wrong(
        `${name} is called with ${quote(text)}; the task has ${quote(near)}.`,
        'Copy the calls from the task: each letter and sign of a message counts.',
        line,
      );
    }
    if (given.has(text)) {
      const missing = messages.find((one) => calls.every(({ values: [other] }) => other !== one));
      wrong(
        `${name} is called twice with ${quote(text)}${missing === undefined ? '' : `, and never with ${quote(missing)}`}.`,
        'Call it once for each message, as the task has it.',
        line,
      );
    }
    given.add(text);
  }
  expectTimesInCalls(task, { name, times });
  const missing = messages.find((one) => !given.has(one));
  if (missing === undefined || calls.some(({ values: [text] }) => text === undefined)) return;
  if (calls.length === 0) return;
  wrong(
    `${name} is never called with ${quote(missing)}.`,
    `Call it once more: ${name}('${missing}', ${times[missing]}).`,
  );
}

/**
 * Each of these calls is made with just the task's text and number, where it gets them as such.
 * @throws CheckFailure naming the first that is not
 */
export function expectTimesInCalls(
  task: Task,
  { name, times }: Pick<Announcing, 'name' | 'times'>,
): void {
  for (const { values, line } of task.source.literalArguments(name)) {
    const [text, time] = values;
    const wanted = times[String(text)];
    if (time === undefined || wanted === undefined || time === wanted) continue;
    fail({
      class: 'requirement-not-met',
      message: `${name} is called with ${quote(String(text))} and ${typeof time === 'string' ? quote(time) : time}; the task asks for ${wanted}.`,
      next: `Call ${name} at the end of the file as the task has it.`,
      expected: String(wanted),
      seen: String(time),
      line,
    });
  }
}

/**
 * What sends the messages sends each of them.
 * @throws CheckFailure if it has a condition, in a program that leaves some out
 */
export function expectNoCondition(
  { source }: Task,
  { name }: Announcing,
  missing: string,
  seen: { expected: string; seen: string },
): void {
  const condition = source.nodes.find(
    (node) => ts.isIfStatement(node) && publishes(functionAround(node)),
  );
  if (!condition) return;
  fail({
    class: 'wrong-output',
    message: `The line ${quote(missing)} is missing, though its call is made: a condition keeps it from being printed.`,
    next: `Take the condition out: ${name} sends whatever it is called with.`,
    line: source.lineOf(condition),
    ...seen,
  });
}

function publishes(node: ts.Node | undefined): boolean {
  return node !== undefined && /\.publish\(/.test(node.getText());
}
