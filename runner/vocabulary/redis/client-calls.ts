import ts from 'typescript';
import { madeNames } from '../../grading/explain/known-names';
import type { Source } from '../../grading/source/requirements';

/** How many arguments the usual commands take at the least, without a callback. */
const takes: Readonly<Record<string, number>> = {
  ...{ get: 1, set: 2, del: 1, exists: 1, incr: 1, decr: 1, incrby: 2, decrby: 2, keys: 1 },
  ...{ hset: 3, hget: 2, hgetall: 1, hincrby: 3, hkeys: 1, hvals: 1, hlen: 1, mget: 1, publish: 2 },
  ...{ lpush: 2, rpush: 2, lrange: 3, llen: 1, sadd: 2, smembers: 1, setex: 3, expire: 2 },
};

/** Commands that only read: without a callback nobody gets what they are for. */
const reading = new Set(['get', 'hget', 'hgetall', 'hkeys', 'hvals', 'mget', 'keys', 'lrange']);

/** A call of one of a client's methods. */
export interface ClientCall {
  node: ts.CallExpression;
  /** The client, as it is written. */
  client: string;
  /** The method's name, as it is written. */
  method: string;
  line: number;
}

/** The calls of the methods of what createClient() made, from the top of the file. */
export function clientCalls(source: Source): ClientCall[] {
  const clients = new Set([...madeNames(source, 'createClient'), 'client']);
  return source.nodes.flatMap((node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
    const { expression, name } = node.expression;
    const client = expression.getText();
    return clients.has(client)
      ? [{ node, client, method: name.text, line: source.lineOf(name) }]
      : [];
  });
}

/** Whether a command gets no callback: no more than the words that it takes. */
export function hasNoCallback({ node, method }: ClientCall): boolean {
  const count = takes[method.toLowerCase()];
  if (count === undefined || node.arguments.some(ts.isSpreadElement)) return false;
  const last = node.arguments.at(-1);
  return node.arguments.length <= count && !(last && ts.isFunctionLike(last));
}

/** Whether it is a command whose answer is all that it is for. */
export function isReading({ method }: ClientCall): boolean {
  return reading.has(method.toLowerCase());
}

/** Whether its name is a command's, in whatever letters. */
export function isCommand(method: string): boolean {
  return method.toLowerCase() in takes;
}
