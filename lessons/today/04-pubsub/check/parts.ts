import { fail, type ProgramRun, quote, type Task } from '#grading';

const parts = {
  subscribe: { does: 'listens to the channel', file: 'today-subscriber' },
  publish: { does: 'publishes messages', file: 'today-publisher' },
};

/**
 * The file does its own part of the lesson, and not the other one in its place.
 * @throws CheckFailure if it holds the other
 */
export function expectOnePart({ source }: Task, own: keyof typeof parts): void {
  const other = own === 'subscribe' ? 'publish' : 'subscribe';
  const calls = (name: string) => source.files.some((file) => file.countCalls(name) > 0);
  if (calls(own) || !calls(other)) return;
  fail({
    class: 'wrong-command',
    message: `This file ${parts[other].does}: it holds what belongs in ${parts[other].file}.`,
    next: `Move it to ${parts[other].file}; ${parts[own].file} is the one that ${parts[own].does}.`,
    at: { calls: [other] },
  });
}

/**
 * The subscriber publishes no message of its own on the channel.
 * @throws CheckFailure where it does
 */
export function expectNoOwnMessage(subscriber: ProgramRun, channel: string): void {
  const own = subscriber.commands('PUBLISH').find(([, to]) => to === channel);
  if (!own) return;
  fail({
    class: 'wrong-command',
    message: `The program publishes a message of its own on the channel, ${quote(own[2] ?? '')}.`,
    next: `Take publish() out: ${parts.publish.file} is the one that ${parts.publish.does}.`,
    at: { calls: ['publish', 'PUBLISH'] },
    seen: subscriber.commandLines('PUBLISH'),
  });
}
