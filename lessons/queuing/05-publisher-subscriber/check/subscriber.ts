import {
  fail,
  isWithin,
  isWritten,
  type LineFault,
  type Listener,
  listenersIn,
  matching,
  naming,
  nearest,
  type ProgramRun,
  promising,
  quote,
  redisPackage,
  type Source,
  similar,
  type Task,
  ts,
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

/**
 * The listeners for messages print them, are there in time, and are no more than one.
 * @param printed what the program has printed of them
 * @throws CheckFailure if the file shows that one does not, or that there are two
 */
export function expectOneListener(
  { source }: Task,
  subscriber: ProgramRun,
  expected: string[],
): void {
  const [listener, second] = listenersIn(source).filter(({ event }) => event === 'message');
  const printed = subscriber.lines.filter((line) => expected.slice(1).includes(line));
  const sides = { expected: expected.join('\n'), seen: subscriber.outputLines.join('\n') };
  if (second && printed.length > new Set(printed).size) {
    fail({
      class: 'wrong-output',
      message: 'Each message is printed twice: two listeners for “message” are added.',
      next: 'Take one of them out, and let the other do all that is to be done with a message.',
      line: second.line,
      ...sides,
    });
  }
  if (!listener || printed.length > 0) return;
  const fault = silence(source, listener);
  if (fault) fail({ class: 'wrong-output', ...fault, ...sides });
}

/** Why a listener for messages has printed none. */
function silence(source: Source, { heard, line }: Listener): LineFault | undefined {
  if (!heard) return undefined;
  if (callAround(heard, 'setTimeout')) {
    return {
      message:
        'The first messages are not printed: setTimeout() adds the listener after they have come.',
      next: 'Add the listener for “message” at once, before subscribe(), without a timer.',
      line,
    };
  }
  const prints = source.nodes.some(
    (node) =>
      isWithin(node, heard) &&
      ts.isCallExpression(node) &&
      !/\.(?:unsubscribe|quit|end|exit)$/.test(node.expression.getText()),
  );
  if (prints) return undefined;
  return {
    message: 'The listener for “message” prints nothing.',
    next: 'Log each message in it: console.log(message).',
    line,
  };
}

/**
 * Why the program left before it was told to.
 * @param last the line that was printed last
 */
export function leavesEarly({ source }: Task, last: string, kill: string): LineFault {
  const message = `The program leaves after ${quote(last)}; only ${kill} should end it.`;
  const [differs] = ['!==', '!='].flatMap((sign) => matching(source, `$ ${sign} '${kill}'`));
  const leaving = callsOfLeaving(source);
  const outside = leaving.find((node) => !isInListener(source, node));
  if (outside) {
    const call = outside.getText();
    return {
      message,
      next: `Take ${call} out there: it belongs in the listener for “message”, when the message is ${kill}.`,
      line: source.lineOf(outside),
    };
  }
  if (
    differs &&
    ts.isIfStatement(differs.parent) &&
    leaving.some((node) => isWithin(node, differs.parent))
  ) {
    return {
      message,
      next: `Compare with ===: !== holds for every message but ${kill}.`,
      line: source.lineOf(differs),
    };
  }
  return {
    message,
    next: `Put unsubscribe() and quit() into braces behind if (message === '${kill}').`,
    at: { calls: ['unsubscribe', 'quit', 'end'] },
  };
}

/** Why it goes on after it was told to leave. */
export function staysOn({ source }: Task, kill: string): LineFault {
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
  const channel = comparedChannel(source, kill);
  if (channel) {
    return {
      message: `${message} It compares ${quote(channel.getText())}, which is the channel’s name.`,
      next: 'The listener for “message” gets (channel, message): compare the second.',
      line: source.lineOf(channel),
    };
  }
  const late = callsOfLeaving(source).find((node) => callAround(node, 'setTimeout'));
  if (late) {
    return {
      message: `${message} It puts unsubscribe() off by setTimeout(), and the next message comes before that.`,
      next: `Call unsubscribe() and quit() at once when the message is ${kill}, without a timer.`,
      line: source.lineOf(callAround(late, 'setTimeout') ?? late),
    };
  }
  const leaves = isWritten(source, '$.unsubscribe($$$)');
  return {
    message,
    next: leaves
      ? `Look at the condition around unsubscribe() and quit(): it does not hold when the message is ${kill}.`
      : `When the message is ${kill}, unsubscribe and quit.`,
    at: leaves ? { calls: ['unsubscribe'] } : { prints: kill },
  };
}

/** What stands where the text is compared with the channel's name, by the listener's own name for that. */
function comparedChannel(source: Source, text: string): ts.Node | undefined {
  const heard = listenersIn(source).find(({ event }) => event === 'message')?.heard;
  const name = heard && ts.isFunctionLike(heard) ? heard.parameters[0]?.name.getText() : undefined;
  if (name === undefined) return undefined;
  const found = ['===', '=='].flatMap((sign) => matching(source, `${name} ${sign} '${text}'`))[0];
  return found && ts.isBinaryExpression(found) ? found.left : undefined;
}

function callsOfLeaving(source: Source): ts.Node[] {
  return ['unsubscribe', 'quit', 'end'].flatMap((name) => matching(source, `$.${name}($$$)`));
}

function isInListener(source: Source, node: ts.Node): boolean {
  return listenersIn(source).some(
    ({ event, heard }) => event === 'message' && heard && isWithin(node, heard),
  );
}

function callAround(node: ts.Node, name: string): ts.Node | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isCallExpression(at) && at.expression.getText() === name) return at;
  }
  return undefined;
}
