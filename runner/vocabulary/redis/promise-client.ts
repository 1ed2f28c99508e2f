import ts from 'typescript';
import { explainAbsentDefault } from '../../grading/explain/absent-default';
import { madeNames } from '../../grading/explain/known-names';
import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Source } from '../../grading/source/requirements';
import type { Task } from '../../grading/task';
import { type ClientCall, clientCalls, isCommand } from './client-calls';

/** Commands of two words and more, as redis 3 names them and as the client names them since. */
const renamed: Readonly<Record<string, string>> = {
  ...{ hset: 'hSet', hget: 'hGet', hgetall: 'hGetAll', hincrby: 'hIncrBy', hkeys: 'hKeys' },
  ...{ hvals: 'hVals', hlen: 'hLen', hdel: 'hDel', hmget: 'hmGet', hexists: 'hExists' },
  ...{ setex: 'setEx', setnx: 'setNX', incrby: 'incrBy', decrby: 'decrBy', mget: 'mGet' },
  ...{ mset: 'mSet', getset: 'getSet', flushall: 'flushAll', flushdb: 'flushDb' },
  ...{ lpush: 'lPush', rpush: 'rPush', lrange: 'lRange', sadd: 'sAdd', smembers: 'sMembers' },
};

/** What redis 3 had and the client has no more, with what does the same. */
const replaced: Readonly<Record<string, string>> = {
  hmset: 'client.hSet(key, { field: value, … })',
  end: 'client.destroy()',
};

/**
 * The file uses a client of redis 4 or later as it is meant: connected by a call, each command by its
 * own name, its reply awaited.
 * @param program after it has come to rest
 * @throws CheckFailure at the first call that is written for redis 3
 */
export function expectPromiseClient({ source }: Task, program: ProgramRun): void {
  expectPackage(source, program);
  if (source.files.every((file) => file.countCalls('connect') === 0)) {
    fail({
      class: 'wrong-command',
      message: 'The client is never connected: nothing calls connect().',
      next: 'Connect it before the first command: await client.connect().',
      at: { calls: ['createClient'] },
    });
  }
  // client.legacy() is a client as that of redis 3.
  if (source.mentions('legacy')) return;
  expectNotPromisified(source);
  for (const call of [...clientCalls(source), ...chainedCalls(source)]) {
    expectKnownName(call);
    expectEvalOptions(call);
    expectNoCallback(source, call);
  }
}

function expectPackage(source: Source, run: ProgramRun): void {
  // Whoever catches the error of it may print another one, or nothing.
  const absent = explainAbsentDefault(source, run.course);
  if (absent && run.commands().length === 0) fail(absent);
  if (source.uses('redis')) return;
  const other = source.modules().find((name) => /^[^./].*redis|^redis/i.test(name));
  if (other === undefined) source.expectImport('redis');
  fail({
    class: 'requirement-not-met',
    message: `The file takes its client from ${quote(other ?? '')}, which is another library than redis.`,
    next: "Take it from redis: import { createClient } from 'redis'.",
    at: { text: other ?? '' },
  });
}

/** No method of the client is made to wait for a callback. */
function expectNotPromisified(source: Source): void {
  const clients = new Set([...madeNames(source, 'createClient'), 'client']);
  for (const node of source.nodes) {
    if (!ts.isCallExpression(node) || !/^(?:\w+\.)?promisify$/.test(node.expression.getText()))
      continue;
    const [given] = node.arguments;
    if (!given || !ts.isPropertyAccessExpression(given)) continue;
    const client = given.expression.getText();
    if (!clients.has(client)) continue;
    const method = given.name.text;
    fail({
      class: 'wrong-command',
      message: `promisify() waits for a callback, which ${client}.${method}() of redis 6 never calls: it returns a promise by itself.`,
      next: `Leave promisify out, and await the reply: await ${client}.${renamed[method] ?? method}(…).`,
      line: source.lineOf(node),
    });
  }
}

function expectKnownName({ client, method, line }: ClientCall): void {
  const name = renamed[method];
  const instead = replaced[method];
  if (name === undefined && instead === undefined) return;
  fail({
    class: 'crash',
    message: `${client}.${method}() belongs to redis 3: the client of redis 6 has no function of that name.`,
    next:
      name === undefined ? `Write ${instead} in its place.` : `Write ${client}.${name}() for it.`,
    line,
  });
}

/** The calls of a chain that begins with multi(). */
function chainedCalls(source: Source): ClientCall[] {
  return source.nodes.flatMap((node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
    const { expression, name } = node.expression;
    const [, client] = /^(\w+)\s*\.multi\(\)/i.exec(expression.getText()) ?? [];
    return client === undefined
      ? []
      : [{ node, client: `${client}.multi()`, method: name.text, line: source.lineOf(name) }];
  });
}

/** A script gets its keys and arguments in an object, not behind their number. */
function expectEvalOptions({ node, client, method, line }: ClientCall): void {
  const [, count] = node.arguments;
  if (!/^eval(?:sha)?$/i.test(method) || !count || !ts.isNumericLiteral(count)) return;
  fail({
    class: 'wrong-command',
    message: `${client}.${method}() is given the number of its keys; redis 6 takes keys and arguments in an object.`,
    next: `Write ${client}.${method}(script, { keys: […], arguments: […] }).`,
    line,
  });
}

function expectNoCallback(source: Source, { node, client, method, line }: ClientCall): void {
  const isBare = ['ping', 'exec'].includes(method.toLowerCase());
  if (!isCommand(method) && !isBare) return;
  for (const given of node.arguments) {
    const isPrint = /^(?:\w+\.)?print$/.test(given.getText()) && !source.has('print');
    if (!isPrint && !ts.isFunctionLike(given)) continue;
    fail({
      class: 'wrong-command',
      message: isPrint
        ? `${method}() is given “${given.getText()}”, which redis 6 no longer has.`
        : `${method}() is given a callback, which the client of redis 6 never calls.`,
      next: `Await the reply in place of it: const reply = await ${client}.${method}(${isBare ? '' : '…'}).`,
      line,
    });
  }
}
