import {
  clientsNeverConnected,
  clientsWithoutErrorListener,
  fail,
  listenersIn,
  matching,
  type ProgramRun,
  quote,
  type Task,
  waitUntilHeldUp,
} from '#grading';
import { connectedLine } from '../../vocabulary/connected-line';
import { refusalPrefix } from '../../vocabulary/refusal-line';
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
    const second = matching(source, 'createClient($$$)').at(-1);
    fail({
      class: 'requirement-not-met',
      message: isOne
        ? 'One client is there for both the subscription and the commands; the task asks for a second one, made by duplicate().'
        : 'The second client is not made from the first: nothing calls duplicate().',
      next: isOne
        ? 'Make another client from it, const subscriber = client.duplicate(), and connect and subscribe that.'
        : 'Write client.duplicate() in place of the second createClient(): it takes over all options.',
      ...(isOne || !second ? { at: { calls: subscribe } } : { line: source.lineOf(second) }),
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

/** How long the clients may take to tell that their connections are lost, and to come back, in milliseconds. */
const patience = 3_000;

/**
 * It says that it is connected when both clients are, and no sooner; when they lose their connections, each
 * tells of that; and when they are back, it does not say once more that it is connected.
 * @throws CheckFailure otherwise
 */
export async function expectBothFollowed(task: Task): Promise<void> {
  const lost = await task.run({ reconnectsSoon: true });
  const { tap } = lost.program;
  tap.keepBackFrom((_words, connection) => connection === 2);
  await lost.waitUntil(() => tap.kept > 0, { timers: 0 });
  await waitUntilHeldUp([lost]);
  expectNotConnectedYet(lost);
  tap.keepNothing();
  await lost.waitUntilSettled();
  if (tap.open >= 2) {
    await expectBothTell(task, lost);
    await lost.waitUntil(() => tap.open >= 2, { timers: 0, limit: patience });
    await lost.waitForIdle(0, patience);
    expectConnectedOnce(lost);
  }
  await lost.stop();
}

function expectNotConnectedYet({ lines }: ProgramRun): void {
  if (!lines.includes(connectedLine)) return;
  fail({
    class: 'wrong-output',
    message: `The program prints ${quote(connectedLine)} when only one of its clients is connected.`,
    next: 'Print it when both are: below await Promise.all([client.connect(), subscriber.connect()]).',
    at: { prints: connectedLine },
  });
}

function expectConnectedOnce({ lines, outputLines }: ProgramRun): void {
  const told = lines.filter((line) => line === connectedLine).length;
  if (told < 2) return;
  fail({
    class: 'wrong-output',
    message: `The program prints ${quote(connectedLine)} again each time that its clients come back from a lost connection.`,
    next: 'Print it below the line that awaits both connect(), in place of a listener for “ready” or “connect”.',
    at: [{ calls: ['on'] }, { prints: connectedLine }],
    expected: `${connectedLine}, once`,
    seen: outputLines.join('\n'),
  });
}

/** Each of the two clients has a listener that logs the line, when its connection is cut. */
async function expectBothTell({ source }: Task, lost: ProgramRun): Promise<void> {
  lost.program.tap.cut();
  const told = () => lost.lines.filter((line) => line.startsWith(refusalPrefix)).length;
  await lost.waitUntil(() => told() >= 2, { timers: 0, limit: patience });
  // A listener may end the program, before the other client has told of it.
  if (told() >= 2 || (told() === 1 && lost.program.exit !== undefined)) return;
  await lost.stop();
  const listener = listenersIn(source).findLast(({ event }) => event === 'error');
  fail({
    class: 'wrong-output',
    message:
      'When its connections are lost, the program does not log for each of its two clients that it is not connected.',
    next: 'Let the listeners for “error” of both clients log the line.',
    ...(listener ? { line: listener.line } : {}),
    seen: lost.outputLines.join('\n'),
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
