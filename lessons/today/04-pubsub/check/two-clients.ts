import {
  clientsNeverConnected,
  clientsWithoutErrorListener,
  fail,
  type ProgramRun,
  quote,
  type Task,
} from '#grading';
import { channel } from './story';

const subscribe = ['subscribe', 'SUBSCRIBE'];

/**
 * It has subscribed to the channel.
 * @throws CheckFailure naming what it does in its place
 */
export function expectSubscribed({ source }: Task, subscriber: ProgramRun): void {
  const [unconnected] = clientsNeverConnected(source);
  if (unconnected && subscriber.commands('SUBSCRIBE').length === 0) {
    fail({
      class: 'wrong-command',
      message: `The client ${quote(unconnected.name)} is never connected, so what it is to send never goes out.`,
      next: `Connect it as well, before it subscribes: await ${unconnected.name}.connect().`,
      line: unconnected.line,
      expected: `SUBSCRIBE "${channel}"`,
      seen: subscriber.commandLines(),
    });
  }
  subscriber.expectSent(['SUBSCRIBE', channel], {
    says: 'Call subscribe() with the name of the channel and a listener.',
    unless: subscribe.map((name) => `$.${name}($$$)`),
    otherwise:
      'See that the call of subscribe() is reached, and give it the name of the channel, to the letter.',
  });
}

/**
 * The subscription has a client of its own, made from the other by duplicate(), and both hear of errors.
 * @param subscriber after it has subscribed
 * @throws CheckFailure otherwise
 */
export function expectDuplicate({ source }: Task, subscriber: ProgramRun): void {
  if (source.files.every((file) => file.countCalls('duplicate') === 0)) {
    const isOne = subscriber.program.tap.connections < 2;
    fail({
      class: 'requirement-not-met',
      message: isOne
        ? 'One client is there for both the subscription and the commands; the task asks for a second one, made by duplicate().'
        : 'The second client is not made from the first: nothing calls duplicate().',
      next: isOne
        ? 'Make another client from it, const subscriber = client.duplicate(), and connect and subscribe that.'
        : 'Write client.duplicate() in place of the second createClient(): it takes over all options.',
      at: isOne ? [{ calls: subscribe }] : [{ calls: ['createClient'] }],
    });
  }
  const [deaf] = clientsWithoutErrorListener(source);
  if (!deaf) return;
  fail({
    class: 'requirement-not-met',
    message: `The client ${quote(deaf.name)} has no listener for “error”: duplicate() takes over the options, not the listeners.`,
    next: `Give it one of its own: ${deaf.name}.on('error', …). Without it the program ends when that connection is lost.`,
    line: deaf.line,
  });
}

/**
 * What stores the messages goes over another connection than the subscription.
 * @throws CheckFailure otherwise
 */
export function expectParted({ sent }: ProgramRun): void {
  const listening = sent
    .filter(({ words }) => words[0] === 'SUBSCRIBE')
    .map(({ connection }) => connection);
  const shared = sent.find(
    ({ words, connection }) => writing.has(words[0] ?? '') && listening.includes(connection),
  );
  if (!shared) return;
  fail({
    class: 'requirement-not-met',
    message: `${shared.words[0]} is sent on the connection that has subscribed; the other client is there for commands.`,
    next: 'Call rPush() on the client that does not subscribe.',
    at: [{ sends: shared.words }, { calls: ['rPush', 'RPUSH'] }],
  });
}

const writing = new Set(['RPUSH', 'LPUSH', 'MULTI', 'RPUSHX']);
