import {
  commandText,
  type Explanation,
  fail,
  type ProgramRun,
  quote,
  type Task,
  ts,
} from '#grading';
import { clientCalls, hasNoCallback } from '#vocabulary/redis/client-calls';
import { key, numberOf, schools } from './schools';

/** @throws CheckFailure where a city, its number or the key stands in the place of another */
export function expectWordsInPlace(program: ProgramRun): void {
  for (const words of program.commands('HSET')) {
    const [, first, second, third] = words;
    const fault =
      first === key && third !== undefined && second === numberOf(third)
        ? {
            message: `Field and value have changed places: Redis got ${quote(commandText(words))}.`,
            next: 'Hand client.hset() the key, the city as the field, and the number as its value.',
            right: ['HSET', key, third, second ?? ''],
          }
        : second === key && first !== undefined && numberOf(first) !== undefined
          ? {
              message: `Key and field have changed places: Redis got ${quote(commandText(words))}.`,
              next: `Hand client.hset() the key ${key} first, then the city, then its number.`,
              right: ['HSET', key, first, third ?? ''],
            }
          : undefined;
    if (!fault) continue;
    const { message, next, right } = fault;
    fail({
      class: 'wrong-command',
      message,
      next,
      at: { sends: words },
      expected: commandText(right),
      seen: program.commandLines('HSET'),
    });
  }
}

/**
 * The cities are stored by HSET, whatever else may be wrong with them.
 * @param isHash whether there is a hash under the key
 * @throws CheckFailure where no such command was sent
 */
export function expectStoredAsHash(program: ProgramRun, isHash: boolean): void {
  if (program.commands('HSET').length > 0) return;
  const cities = Object.keys(schools);
  const sent = program.commands().filter(([name]) => name !== 'INFO');
  const other = sent.find((words) => {
    const [name = ''] = words;
    return /SET$/.test(name) && words.some((word) => word === key || cities.includes(word));
  });
  const isText = other?.[0] === 'SET' || other?.[0] === 'MSET';
  fail({
    class: isHash ? 'wrong-command' : 'wrong-data',
    message: other
      ? isText
        ? `The schools are stored as text, by ${quote(shortened(other))}; the task asks for a hash.`
        : `The program sends ${quote(shortened(other))}; the task asks for one HSET for each city.`
      : 'The program sends nothing that stores the schools in Redis.',
    next: 'Call client.hset() once for each of the six cities: key, field, value, redis.print.',
    at: other ? { sends: other } : [],
    expected: Object.entries(schools)
      .map(([city, number]) => commandText(['HSET', key, city, number]))
      .join('\n'),
    seen: sent.map(commandText).join('\n'),
  });
}

function shortened(words: readonly string[]): string {
  const text = commandText([...words]);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** A confirmation that is missing as its command has no callback. */
export function explainUnconfirmed({ source }: Task): Explanation {
  return ({ class: kind, expected = '', seen = '' }) => {
    if (kind !== 'wrong-output' || count(seen) >= count(expected)) return undefined;
    const silent = clientCalls(source).filter(
      (call) => call.method.toLowerCase() === 'hset' && hasNoCallback(call),
    );
    const [first] = silent;
    return (
      first && {
        message: `${first.client}.hset() has no callback, so nothing prints what Redis answers${silent.length > 1 ? ` (line ${first.line} and ${silent.length - 1} more)` : ''}.`,
        next: 'Hand redis.print to it as its last argument.',
        line: first.line,
      }
    );
  };
}

/** The client is closed at the top of the file, above the call that should read the hash. */
export function explainClosed({ source }: Task): Explanation {
  return ({ class: kind }) => {
    const calls = clientCalls(source).filter(({ node }) => ts.isSourceFile(node.parent.parent));
    const closing = calls.find(({ method }) => ['quit', 'end'].includes(method));
    const reading = calls.find(({ method }) => method === 'hgetall');
    if (kind !== 'wrong-command' || !closing || !reading || closing.line > reading.line) {
      return undefined;
    }
    const { client, method, line } = closing;
    return {
      message: `${client}.${method}() closes the client before ${client}.hgetall() is called, which is then not sent.`,
      next: `Call it in the callback of ${client}.hgetall(), or leave it out.`,
      line,
    };
  };
}

function count(lines: string): number {
  return lines.split('\n').filter((line) => line.startsWith('Reply: ')).length;
}
