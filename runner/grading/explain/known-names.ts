import { isBuiltin } from 'node:module';
import ts from 'typescript';
import type { Source } from '../source/requirements';

/** What the packages export that programs are taught to use; the first makes the object to work with. */
const packages: Readonly<Record<string, readonly string[]>> = {
  redis: [
    'createClient',
    'print',
    'RedisClient',
    'Multi',
    'AbortError',
    'ReplyError',
    'RedisError',
  ],
  kue: ['createQueue', 'Job', 'app', 'Worker', 'Event'],
};

/** The names that a package or one of Node's own modules exports; none where that is not known. */
export function exportsOf(module: string): readonly string[] {
  return isBuiltin(module) ? Object.keys(require(module)) : (packages[module] ?? []);
}

/** The module that exports a name, of those that programs are taught to use. */
export function homeOf(name: string): string | undefined {
  return ['util', 'events', 'fs', 'path', 'assert', ...Object.keys(packages)].find((module) =>
    exportsOf(module).includes(name),
  );
}

/** The function of a package that makes what most of its methods belong to. */
export function makerOf(module: string): string | undefined {
  return packages[module]?.[0];
}

/** Methods of what such a function makes. */
const methods: Readonly<Record<string, readonly string[]>> = {
  createClient: [
    ...['on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'emit'],
    ...['quit', 'end', 'unref', 'duplicate', 'batch', 'multi', 'exec', 'auth', 'select', 'ping'],
    ...['get', 'set', 'setex', 'setnx', 'getset', 'mget', 'mset', 'append', 'strlen', 'incr'],
    ...['incrby', 'decr', 'decrby', 'del', 'exists', 'expire', 'ttl', 'keys', 'type', 'flushdb'],
    ...['flushall', 'hset', 'hmset', 'hsetnx', 'hget', 'hmget', 'hgetall', 'hdel', 'hexists'],
    ...['hincrby', 'hkeys', 'hvals', 'hlen', 'lpush', 'rpush', 'lpop', 'rpop', 'lrange', 'llen'],
    ...['sadd', 'srem', 'smembers', 'sismember', 'scard', 'zadd', 'zrange', 'zscore'],
    ...['publish', 'subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe'],
  ],
  createQueue: [
    ...['create', 'createJob', 'process', 'on', 'once', 'shutdown', 'watchStuckJobs', 'testMode'],
    ...['active', 'inactive', 'complete', 'failed', 'delayed', 'activeCount', 'inactiveCount'],
  ],
};

/** The methods that a name has if it is made by such a function. */
export function methodsOf(maker: string): readonly string[] {
  return methods[maker] ?? [];
}

/** What a name or a property of `this` is given in the file: by a variable's declaration or an assignment. */
export function valueUnder(source: Source, name: string): ts.Expression | undefined {
  for (const node of source.nodes) {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name) return node.initializer;
    const assigns =
      ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    if (assigns && node.left.getText() === name) return node.right;
  }
  return undefined;
}

/** The function that makes what stands under a name, such as `createClient`; nothing for other values. */
export function makerFor(source: Source, name: string): string | undefined {
  const value = valueUnder(source, name);
  const made = value && ts.isAwaitExpression(value) ? value.expression : value;
  if (!made || !(ts.isCallExpression(made) || ts.isNewExpression(made))) return undefined;
  const maker = lastName(made.expression);
  return maker in methods ? maker : undefined;
}

/** The names by which the file calls what such a function makes, such as `client` and `this.client`. */
export function madeNames(source: Source, maker: string): string[] {
  const names = source.nodes.flatMap((node) => {
    if (ts.isVariableDeclaration(node)) return [node.name.getText()];
    return ts.isBinaryExpression(node) ? [node.left.getText()] : [];
  });
  return [...new Set(names)].filter((name) => makerFor(source, name) === maker);
}

/** The last name of what is called: `createClient` of `redis.createClient`. */
export function lastName(called: ts.Expression): string {
  return ts.isPropertyAccessExpression(called) ? called.name.text : called.getText();
}
