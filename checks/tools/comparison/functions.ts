import type { Make, Words } from './words';

/** What FUNCTION DUMP of Redis 7.0 gives for a library `Lib` with a function `w`. */
const DUMPED =
  '\xf5:#!lua name=Lib\nredis.register_function("w",function() end)\n\x00\x11\xd4 \x06\xe1\xfe\xc0D';

/** Bodies of functions, which get keys `k` and arguments `a`. */
const BODIES = [
  'return redis.call(unpack(a))',
  'return redis.call(unpack(a))',
  'return redis.pcall(unpack(a))',
  'return {k, a, #k}',
  'redis.call("SET", k[1], a[1]) return redis.call("STRLEN", k[1])',
  'return redis.call("GET", k[1])',
  'n = (n or 0) + 1 return n',
  'redis.setresp(3) return redis.call("HGET", k[1], "f")',
  'return tonumber(a[1]) or cjson.encode(a)',
  'error("boo")',
  'return redis.error_reply("MY error")',
  'math.randomseed(7) return math.random(100)',
  'return {double = 1.5}',
];

/** What a library holds beside functions, much of it wrong. */
const REST = [
  'x = 1',
  'error("boo")',
  'redis.call("GET", "s1")',
  'local x =',
  'redis.register_function("f1")',
  'redis.register_function("f-1", function() end)',
  'return 1',
  'goto x',
];

/** Libraries of functions, and calls of these. */
export const functions: Make[] = [
  (w) => ['FUNCTION', 'LOAD', ...w.maybe(60, 'REPLACE'), library(w)],
  (w) => ['FUNCTION', 'LOAD', ...w.maybe(60, 'REPLACE'), library(w)],
  (w) => ['FCALL', name(w), ...called(w)],
  (w) => ['FCALL', name(w), ...called(w)],
  (w) => ['FCALL_RO', name(w), ...called(w)],
  (w) => ['FUNCTION', 'DELETE', libraryName(w)],
  (w) => ['FUNCTION', 'FLUSH', ...w.maybe(50, w.random.pick(['SYNC', 'ASYNC', 'x']))],
  (w) => [
    'FUNCTION',
    'LIST',
    ...w.maybe(30, 'LIBRARYNAME', w.random.pick(['l*', 'L1', 'lib', w.pattern()])),
    ...w.maybe(40, 'WITHCODE'),
  ],
  () => ['FUNCTION', 'STATS'],
  () => ['FUNCTION', 'DUMP'],
  (w) => [
    'FUNCTION',
    'RESTORE',
    w.random.chance(70) ? DUMPED : w.value(),
    ...w.maybe(60, w.random.pick(['FLUSH', 'APPEND', 'REPLACE', 'x'])),
  ],
  (w) => ['FUNCTION', w.random.pick(['KILL', 'x'])],
];

function library(w: Words): string {
  const { random } = w;
  const first = random.chance(5)
    ? random.pick(['#!lua', '#!foo name=l1', '', '#!lua name=l1 name=l2', '#!lua name=a-b'])
    : `#!${random.pick(['lua', 'LUA'])} name=${libraryName(w)}`;
  const parts = random.several(1, 3, () => registration(w));
  return [first, ...parts, ...w.maybe(8, random.pick(REST))].join('\n');
}

function registration(w: Words): string {
  const { random } = w;
  const callback = `function(k, a) ${random.pick(BODIES)} end`;
  if (random.chance(50)) return `redis.register_function('${newName(w)}', ${callback})`;
  const fields = [
    `function_name='${newName(w)}', callback=${callback}`,
    ...w.maybe(30, `description='${random.pick(['What', '', '1'])}'`),
    ...w.maybe(70, `flags={${random.several(0, 2, () => flag(w)).join()}}`),
  ];
  return `redis.register_function{${fields.join(', ')}}`;
}

function flag(w: Words): string {
  const { random } = w;
  if (random.chance(3)) return "'x'";
  return `'${random.pick(['no-writes', 'no-writes', 'allow-oom', 'allow-stale', 'no-cluster'])}'`;
}

function libraryName(w: Words): string {
  return w.random.pick(['l1', 'l2', 'L1', 'Lib']);
}

/** No two that differ in their case alone: of such in one library Redis 7.0 dies. */
function newName(w: Words): string {
  return w.random.pick(['f1', 'f2', 'f3', 'f4', 'w']);
}

function name(w: Words): string {
  return w.random.chance(10) ? 'F1' : newName(w);
}

/** How many keys, these, and a command as arguments. */
function called(w: Words): string[] {
  const { random } = w;
  const key = w.key('string');
  if (random.chance(5)) return [w.integer(), key];
  const command = random.pick([
    ['SET', key, w.value()],
    ['GET', key],
    ['INCR', key],
    ['HSET', w.key('hash'), 'f', w.value()],
    ['HGET', w.key('hash'), 'f'],
    ['RPUSH', w.key('list'), w.member()],
    ['LRANGE', w.key('list'), '0', '-1'],
    ['ZADD', w.key('zset'), w.score(), w.member()],
    ['ZSCORE', w.key('zset'), w.member()],
    ['TYPE', w.key()],
    ['FCALL', 'f1', '0'],
    ['FUNCTION', 'LIST'],
    ['FOO'],
    ['GET'],
    [],
  ]);
  return [...random.pick([['0'], ['1', key], ['1', key], ['2', key, w.key()]]), ...command];
}
