import {
  fail,
  isIdle,
  isSaidIn,
  listenersIn,
  type NextStep,
  type PlacedFinding,
  placeholderIn,
  quote,
  type Source,
  ts,
} from '#grading';

/*
 * What the programs of the first lessons print when Redis is down, and why it is another line than
 * the one that is asked for.
 */

/** What the line begins with; the error's message follows. */
export const refusedPrefix = 'Redis client not connected to the server: ';

/** How it is written. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the learner is to write it so
export const refusalExample = '`Redis client not connected to the server: ${error}`';

type Told = Pick<PlacedFinding, 'message' | 'next' | 'at' | 'line'>;

/** @throws CheckFailure naming what the line that was printed lacks, or why none was */
export function failRefusal(source: Source, printed: readonly string[]): never {
  const near = printed.find((line) => /ECONNREFUSED|not connect/i.test(line));
  fail({
    class: 'wrong-output',
    ...(near === undefined ? explainOther(source, printed) : explainNear(source, near)),
    expected: `${refusedPrefix}Error: Redis connection to 127.0.0.1:6379 failed - connect ECONNREFUSED 127.0.0.1:6379`,
    // How often it was refused by then is chance.
    seen: [...new Set(printed)].join('\n'),
  });
}

function explainNear(source: Source, line: string): Told {
  const at = { prints: line };
  if (placeholderIn(line) !== undefined) {
    return {
      message: `The error’s text is not filled in: the program prints ${quote(line)} as it stands.`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the learner is to write it so
      next: 'Put the text between backticks: `…${error}`.',
      at,
    };
  }
  const error = line.search(errorText);
  const stem = refusedPrefix.replace(': ', '');
  if (error < 0 && line.startsWith(stem)) {
    return { ...explainEnd(source, line, line.slice(stem.length).replace(/^:?\s*/, '')), at };
  }
  const start = error < 0 ? line : line.slice(0, error);
  return start.trim() === ''
    ? {
        message: `The error is printed alone, without ${quote(refusedPrefix.trim())} before it.`,
        next: `Put that text before the error: ${refusalExample}.`,
        at,
      }
    : {
        message: `With Redis down the line should begin with ${quote(refusedPrefix)}, but it begins with ${quote(start)}.`,
        next: 'Write its beginning to the letter: letters, the colon and the blank behind it count.',
        at,
      };
}

/** The error's message, whichever of its forms is printed. */
const errorText = /(?:\w*Error: )?(?:Redis connection to|connect ECONNREFUSED)/;

/** @param end what stands where the error's message belongs */
function explainEnd(source: Source, line: string, end: string): Pick<Told, 'message' | 'next'> {
  if (end === '') {
    return {
      message: `The line ends without the error’s message: the program prints ${quote(line)}.`,
      next: `Put the error that the listener gets at its end: ${refusalExample}.`,
    };
  }
  const isLiteral = source.nodes.some((node) => ts.isStringLiteralLike(node) && node.text === line);
  if (isLiteral) {
    return {
      message: `${quote(end)} is printed as it stands, where the error’s message belongs.`,
      next: `Put the error in its place, between backticks: ${refusalExample}.`,
    };
  }
  const read = propertyOfError(source);
  if (read === undefined) {
    return {
      message: `The line ends with ${quote(end)}, where the error’s message belongs.`,
      next: `Print the error that the listener for “error” gets: ${refusalExample}.`,
    };
  }
  const [name, property] = read;
  const whole = `${name}.${property}`;
  return {
    message:
      end === 'undefined'
        ? `An error has no ${quote(property)}: the line ends with “undefined”, where its message belongs.`
        : `The line ends with ${quote(end)}, which is ${whole}; the task asks for the error’s message.`,
    next: `Write ${name}.message, or ${name} alone, in place of ${whole}.`,
  };
}

/** What a listener for errors reads of the error that it gets: its name there, and the property's. */
function propertyOfError(source: Source): [string, string] | undefined {
  const heard = listenersIn(source).find(({ event }) => event === 'error')?.heard;
  if (!heard || !ts.isFunctionLike(heard)) return undefined;
  const name = heard.parameters[0]?.name.getText();
  const read = source.nodes.find(
    (node): node is ts.PropertyAccessExpression =>
      ts.isPropertyAccessExpression(node) &&
      heard.pos <= node.pos &&
      node.end <= heard.end &&
      node.expression.getText() === name &&
      node.name.text !== 'message',
  );
  return name !== undefined && read ? [name, read.name.text] : undefined;
}

function explainOther(source: Source, printed: readonly string[]): Told {
  const line = printed.find((one) => one.trim() !== '');
  if (line !== undefined) {
    return {
      message: `With Redis down the program prints ${quote(line)}; the task asks for ${quote(`${refusedPrefix}…`)}.`,
      next: listens(`Print that line to the letter, with the error at its end: ${refusalExample}.`),
      at: { prints: line },
    };
  }
  const idle = listenersIn(source).find(
    ({ event, heard }) => event === 'error' && heard && isIdle(heard),
  );
  if (idle) {
    return {
      message: 'The listener for “error” prints nothing: it calls no function.',
      next: `Log the line in it: console.log(${refusalExample}).`,
      line: idle.line,
    };
  }
  return {
    message: 'With Redis down the program does not say that it is not connected.',
    next: listens(`Log it in the listener for “error”: console.log(${refusalExample}).`),
  };
}

function listens(otherwise: string): NextStep {
  return {
    says: `Listen for “error” on the client, and log ${quote(`${refusedPrefix}…`)} there, with the error’s message.`,
    unless: ["$.on('error', $$$)", "$.once('error', $$$)", "$.addListener('error', $$$)"],
    otherwise,
  };
}

/** @throws CheckFailure where the line of a connection is printed though there is none */
export function failConnected(source: Source, connected: string, printed: string): never {
  const teller = listenersIn(source).find(
    ({ event, heard }) =>
      !['connect', 'ready'].includes(event) && heard && isSaidIn(source, heard, connected),
  );
  fail({
    class: 'wrong-output',
    ...(teller
      ? {
          message: `With Redis down the program still prints ${quote(connected)}: the listener for ${quote(teller.event)} prints it.`,
          next: `Print it in the listener for “connect” alone: take it out of the one for ${quote(teller.event)}.`,
          line: teller.line,
        }
      : {
          message: `With Redis down the program still prints ${quote(connected)}.`,
          next: 'Print that line only when the client says so: in a listener for “connect”.',
          at: { prints: connected },
        }),
    expected: `${refusedPrefix}…`,
    seen: printed,
  });
}
