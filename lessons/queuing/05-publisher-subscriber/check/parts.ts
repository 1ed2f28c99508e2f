import { fail, type ProgramRun, quote, type Task } from '#grading';

const parts = {
  subscribe: { does: 'listens to the channel', file: '5-subscriber' },
  publish: { does: 'publishes messages', file: '5-publisher' },
};

/**
 * No message that the subscriber prints is one that it has published itself.
 * @param expected the lines that are asked for
 * @throws CheckFailure otherwise
 */
export function expectNoOwnMessage(subscriber: ProgramRun, expected: readonly string[]): void {
  const own = subscriber
    .commands('PUBLISH')
    .flatMap(([, , message]) => message ?? [])
    .find((one) => subscriber.outputLines.includes(one) && !expected.includes(one));
  if (own === undefined) return;
  fail({
    class: 'wrong-output',
    message: `The line ${quote(own)} is a message that this program publishes itself.`,
    next: `Take publish() out: ${parts.publish.file} is the one that ${parts.publish.does}.`,
    at: { calls: ['publish'] },
    expected: expected.join('\n'),
    seen: subscriber.outputLines.join('\n'),
  });
}

/**
 * The file does its own part of the lesson, and not the other one in its place.
 * @throws CheckFailure if it holds the other
 */
export function expectOnePart({ source }: Task, own: keyof typeof parts): void {
  const other = own === 'subscribe' ? 'publish' : 'subscribe';
  if (source.countCalls(own) > 0 || source.countCalls(other) === 0) return;
  // In the publisher’s the function may be another file’s.
  if (own === 'publish' && source.has('publishMessage')) return;
  fail({
    class: own === 'subscribe' ? 'wrong-command' : 'requirement-not-met',
    message: `This file ${parts[other].does}: it holds what belongs in ${parts[other].file}.`,
    next: `Move it to ${parts[other].file}; ${parts[own].file} is the one that ${parts[own].does}.`,
    at: { calls: [other] },
  });
}
