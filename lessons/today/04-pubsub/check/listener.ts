import {
  fail,
  findFunction,
  functionAround,
  isIdle,
  isWritten,
  type LineFault,
  listenersIn,
  matching,
  nearest,
  type ProgramRun,
  quote,
  type Source,
  type Task,
  ts,
} from '#grading';
import { connectedLine } from '../../vocabulary/connected-line';
import { channel, first, kill, nearlyKill, second } from './story';

const subscribe = ['subscribe', 'SUBSCRIBE'];
const leaving = ['unsubscribe', 'UNSUBSCRIBE', 'close', 'destroy', 'quit', 'disconnect', 'exit'];

/**
 * A listener is handed to subscribe().
 * @throws CheckFailure otherwise
 */
export function expectListener({ source }: Task): void {
  const calls = callsOf(source, subscribe);
  const [call] = calls;
  const old = listenersIn(source).find(({ event }) => event === 'message');
  const heard = old && listenerOf(source);
  const isDeaf = heard !== undefined && isIdle(heard);
  if (!call) return;
  if (!isDeaf && calls.some((one) => one.arguments.length !== 1 || isSpread(one))) return;
  fail({
    class: 'wrong-output',
    message: old
      ? 'No event “message” comes from the client of redis 6: subscribe() itself takes the listener.'
      : 'subscribe() is given no listener, so nothing hears the messages.',
    next: 'Hand it over as the second argument: await subscriber.subscribe(channel, (message) => …).',
    line: old?.line ?? source.lineOf(call),
  });
}

/**
 * destroy() in the listener makes redis 6 hand over the same message again, without end.
 * @throws CheckFailure where that came of it
 */
export function expectNoEndlessMessage({ source }: Task, { lines }: ProgramRun): void {
  const [call] = callsOf(source, ['destroy']);
  if (!call || lines.filter((line) => line.includes(kill)).length < 3) return;
  fail({
    class: 'wrong-output',
    message: `After destroy() in its listener, redis 6 hands over the message ${kill} again and again.`,
    next: 'Write await subscriber.close() in place of it.',
    line: source.lineOf(call),
    expected: kill,
    seen: lines.slice(0, 8).join('\n'),
  });
}

/**
 * It leaves after KILL_SERVER, and not before that.
 * @param subscriber after all four messages
 * @throws CheckFailure where it has left at another one
 */
export function expectNotLeftEarly({ source }: Task, subscriber: ProgramRun): void {
  const printed = subscriber.lines.at(-1) ?? '';
  const left = subscriber.program.exit || subscriber.commands('UNSUBSCRIBE').length > 0;
  const outside = callsOf(source, leaving).find((call) => isBesideSubscribe(source, call));
  const early = [first, second, ...(outside ? [connectedLine] : [])];
  if (!left || !early.includes(printed)) return;
  // It may have come to it, and said nothing.
  if (printed === second && isWritten(source, `$ === '${kill}'`)) return;
  const differs = ['!==', '!='].flatMap((sign) => matching(source, `$ ${sign} '${kill}'`))[0];
  const sides = {
    expected: [first, second, kill].join('\n'),
    seen: subscriber.outputLines.join('\n'),
  };
  const message = `The program leaves after ${quote(printed)}; only ${kill} should end it.`;
  if (differs && ts.isIfStatement(differs.parent)) {
    fail({
      class: 'wrong-output',
      message,
      next: `Compare with ===: !== holds for every message but ${kill}.`,
      line: source.lineOf(differs),
      ...sides,
    });
  }
  fail({
    class: 'wrong-output',
    message,
    next: outside
      ? `Take ${outside.expression.getText()}() out there: it belongs in the listener, when the message is ${kill}.`
      : `Put what ends the program into braces behind if (message === '${kill}').`,
    ...(outside ? { line: source.lineOf(outside) } : { at: { calls: leaving } }),
    ...sides,
  });
}

/**
 * It goes on after a message that only begins with KILL_SERVER.
 * @param subscriber after that message
 * @throws CheckFailure where it has left
 */
export function expectOnAfterNearly(subscriber: ProgramRun): void {
  subscriber.expectNoCrash();
  if (!subscriber.program.exit && subscriber.commands('UNSUBSCRIBE').length === 0) return;
  fail({
    class: 'wrong-output',
    message: `The program leaves after ${quote(nearlyKill)}; only ${kill}, and nothing more, should end it.`,
    next: `Compare the whole message: message === '${kill}'.`,
    at: [{ calls: ['startsWith', 'includes', 'match', 'test', 'indexOf'] }, { calls: leaving }],
    seen: subscriber.outputLines.join('\n'),
  });
}

/**
 * The client is not closed before it unsubscribes: what it promises then never comes.
 * @throws CheckFailure where it is, and the program waits for that
 */
export function expectOpenToUnsubscribe({ source }: Task, subscriber: ProgramRun): void {
  if (subscriber.program.exit || subscriber.commands('UNSUBSCRIBE').length > 0) return;
  const late = callsOf(source, ['unsubscribe', 'UNSUBSCRIBE']).find((call) =>
    callsOf(source, ['close', 'quit', 'disconnect', 'destroy']).some(
      (one) =>
        one.pos < call.pos &&
        functionAround(one) === functionAround(call) &&
        clientOf(one) === clientOf(call),
    ),
  );
  if (!late) return;
  fail({
    class: 'did-not-exit',
    message:
      'The client is closed before it unsubscribes, and so unsubscribe() never comes to its end.',
    next: 'Write await subscriber.unsubscribe() above the line that closes that client.',
    line: source.lineOf(late),
    expected: `UNSUBSCRIBE "${channel}"`,
    seen: subscriber.commandLines(),
  });
}

/**
 * It has unsubscribed from the channel before its end.
 * @throws CheckFailure otherwise
 */
export function expectUnsubscribed(subscriber: ProgramRun): void {
  const all = subscriber.commands('UNSUBSCRIBE');
  const [other] = all;
  const sides = { expected: `UNSUBSCRIBE "${channel}"` };
  if (!other) {
    fail({
      class: 'wrong-command',
      message: 'The program ends without unsubscribing from the channel first.',
      next: {
        says: `When the message is ${kill}, unsubscribe before you close: await subscriber.unsubscribe().`,
        unless: ['$.unsubscribe($$$)', '$.UNSUBSCRIBE($$$)'],
        otherwise:
          'Await unsubscribe() on the client that has subscribed, before anything closes it.',
      },
      at: { calls: ['unsubscribe', 'close', 'quit', 'destroy', 'exit'] },
      ...sides,
      seen: subscriber.commandLines(),
    });
  }
  if (all.some(([, ...names]) => names.length === 0 || names.includes(channel))) return;
  fail({
    class: 'wrong-command',
    message: `The program unsubscribes from ${quote(other.slice(1).join(' '))}, not from the channel that it listens to.`,
    next: 'Give unsubscribe() the name of the channel, to the letter, or nothing at all.',
    at: { sends: other },
    ...sides,
    seen: subscriber.commandLines('UNSUBSCRIBE'),
  });
}

/** Why it goes on after it was told to leave. */
export function staysOn({ source }: Task): LineFault {
  const message = `The program goes on to print messages after ${kill}.`;
  const texts = source.nodes.filter(ts.isStringLiteralLike).map(({ text }) => text);
  const other = texts.includes(kill) ? undefined : nearest(kill, texts);
  if (other !== undefined) {
    return {
      message: `The program looks for the message ${quote(other)}; the one that is sent is ${quote(kill)}.`,
      next: `Compare with '${kill}', to the letter.`,
      line: source.lineOfText(other),
    };
  }
  const compared = ['===', '=='].flatMap((sign) => matching(source, `$ ${sign} '${kill}'`))[0];
  if (compared && ts.isBinaryExpression(compared)) {
    const name = compared.left.getText();
    const listener = listenerOf(source);
    if (listener?.parameters[1]?.name.getText() === name) {
      return {
        message: `${message} It compares ${quote(name)}, the second argument, which is the channel.`,
        next: 'The listener gets (message, channel): compare the first.',
        line: source.lineOf(compared),
      };
    }
  }
  const calls = callsOf(source, leaving);
  const late = calls.find((call) => callAround(call, 'setTimeout'));
  if (late) {
    return {
      message: `${message} setTimeout() puts its end off, and the next message comes before that.`,
      next: `Unsubscribe at once when the message is ${kill}, without a timer.`,
      line: source.lineOf(late),
    };
  }
  const leaves = calls.length > 0;
  return {
    message,
    next: leaves
      ? `Look at the condition around unsubscribe() and close(): it does not hold when the message is ${kill}.`
      : `When the message is ${kill}, unsubscribe, and close both clients.`,
    at: leaves ? { calls: leaving } : { prints: kill },
  };
}

/** Why a line is not the message alone, as far as the listener shows it. */
export function misprints() {
  const next = 'The listener gets (message, channel): print the first.';
  return [
    {
      pattern: new RegExp(`^${channel}$`),
      message: 'The program prints the name of the channel, not the message.',
      next,
      at: { calls: subscribe },
    },
    {
      pattern: /^undefined$/,
      message: 'The program prints “undefined” where the message belongs.',
      next,
      at: { calls: subscribe },
    },
    {
      pattern: new RegExp(`.+${first}$|^${first}.+`),
      message: 'The message does not stand alone in its line, as the task asks for.',
      next: 'Print the message as it came: console.log(message).',
    },
  ];
}

function listenerOf(source: Source): ts.SignatureDeclaration | undefined {
  const heard = callsOf(source, subscribe)[0]?.arguments[1];
  if (!heard) return undefined;
  const found = ts.isIdentifier(heard) ? findFunction(source.nodes, heard.text) : heard;
  return found && ts.isFunctionLike(found) ? found : undefined;
}

/** Whether it stands in the same function as the call of subscribe(), and so comes right behind it. */
function isBesideSubscribe(source: Source, node: ts.Node): boolean {
  return callsOf(source, subscribe).some((call) => functionAround(call) === functionAround(node));
}

function callsOf(source: Source, names: readonly string[]): ts.CallExpression[] {
  return names.flatMap((name) => matching(source, `$.${name}($$$)`)).filter(ts.isCallExpression);
}

/** The client that is called, as it is written. */
function clientOf({ expression }: ts.CallExpression): string | undefined {
  return ts.isPropertyAccessExpression(expression) ? expression.expression.getText() : undefined;
}

function isSpread({ arguments: given }: ts.CallExpression): boolean {
  return given.some(ts.isSpreadElement);
}

function callAround(node: ts.Node, name: string): ts.Node | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isCallExpression(at) && at.expression.getText() === name) return at;
  }
  return undefined;
}
