import {
  fail,
  naming,
  type ProgramRun,
  promising,
  quote,
  redisPackage,
  similar,
  type Task,
} from '#grading';

/** What is taken for the event of a message by mistake. */
const mistaken: Record<string, string> = {
  pmessage: '“pmessage” comes after psubscribe(); after subscribe() a message comes as “message”.',
  subscribe:
    '“subscribe” comes once, when the subscription has begun; a message comes as “message”.',
};

/**
 * The messages came, and none of them is printed since nothing listens for them.
 * @param lines what the program is to print
 * @throws CheckFailure naming what is taken for the listener
 */
export function expectMessageListener(task: Task, subscriber: ProgramRun, lines: string[]): void {
  const { source } = task;
  const printed = subscriber.outputLines;
  const printsOne = lines.slice(1).some((line) => printed.includes(line));
  if (printsOne || naming(source, 'message') !== undefined) return;
  // Another version hands the messages to subscribe itself; another file may do the listening.
  if (redisPackage(task.file).major >= promising) return;
  if (source.modules().some((name) => name.startsWith('.'))) return;
  const listeners = ['on', 'once', 'addListener'].flatMap((name) => source.textArguments(name));
  const other = listeners.find(
    ({ text }) => text in mistaken || /^(?:msg|data)$/.test(text) || similar(text, 'message'),
  );
  const callback = source
    .literalArguments('subscribe')
    .find(({ values }) => values.length > 1 && values.at(-1) === undefined);
  fail({
    class: 'wrong-output',
    message: other
      ? (mistaken[other.text] ??
        `${quote(other.text)} is no event of the client; a message comes as “message”.`)
      : callback
        ? 'The callback of subscribe() only confirms the subscription: no message comes to it.'
        : 'The messages are not printed: nothing listens for “message”.',
    next: "Listen with client.on('message', (channel, message) => …), and print the message there.",
    expected: lines.join('\n'),
    seen: printed.join('\n'),
    line: (other ?? callback)?.line,
  });
}
