import { fail, type ProgramRun, quote, type Task } from '#grading';

const parts = {
  subscribe: { does: 'listens to the channel', file: '5-subscriber' },
  publish: { does: 'publishes messages', file: '5-publisher' },
};

/**
 * The subscriber publishes no message of its own on the channel, whether or not it is subscribed
 * soon enough to get it.
 * @param expected the lines that are asked for
 * @throws CheckFailure otherwise
 */
export function expectNoOwnMessage(
  subscriber: ProgramRun,
  channel: string,
  expected: readonly string[],
): void {
  const own = subscriber
    .commands('PUBLISH')
    .flatMap(([, to, message]) => (to === channel && message !== undefined ? [message] : []))
    .find((message) => !expected.includes(message));
  if (own === undefined) return;
  fail({
    class: 'wrong-command',
    message: `The program publishes a message of its own on the channel, ${quote(own)}.`,
    next: `Take publish() out: ${parts.publish.file} is the one that ${parts.publish.does}.`,
    at: { calls: ['publish'] },
    expected: expected.join('\n'),
    seen: subscriber.commandLines('PUBLISH'),
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
