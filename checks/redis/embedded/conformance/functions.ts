import type { Scenario } from './scenario';

const quoted = (code: string) => `"${code.replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

/** Loads a library with that body. */
const load = (body: string, name = 'lib') =>
  `FUNCTION LOAD REPLACE ${quoted(`#!lua name=${name}\n${body}`)}`;

/** Loads a library of one function, `f`, with that body. */
const define = (body: string) => load(`redis.register_function('f', function(k, a) ${body} end)`);

const named = (fields: string) =>
  load(`redis.register_function{function_name='f', callback=function() end, ${fields}}`);

const SOME = `redis.register_function('keys', function(k, a) return {k, a} end)`;
const READER = `redis.register_function{function_name='ro', flags={'no-writes'}, callback=function(k)
return redis.call('get', k[1]) end}`;
const CHEAT = `redis.register_function{function_name='cheat', flags={'no-writes'}, callback=function(k)
return redis.call('set', k[1], 1) end}`;

/** What Redis 7.0 dumps of one library, `Lib`, with one function, `w`; and of none. */
const DUMPED =
  '"\\xf5:#!lua name=Lib\\nredis.register_function(\\"w\\",function() end)\\n\\x00\\x11\\xd4 \\x06\\xe1\\xfe\\xc0D"';
const EMPTY = '"\\n\\x00\\x5d\\x9b\\x5c\\x40\\x0f\\x7f\\xa2\\xda"';

export const functions: readonly Scenario[] = [
  {
    name: 'functions: the first line of a library',
    steps: [
      'FUNCTION FLUSH',
      ...[
        ...[
          '',
          'x',
          '#!lua',
          '#!lua\n',
          '#!lua name=a',
          '#!lua name=a\n',
          '#!foo name=a\n',
          '#!\n',
        ],
        ...['#!lua name=a b=c\n', '#!lua name=a name=b\n', '#!lua name=a-b\n', '#!lua name=\n'],
        ...['#! name=a\n', '#!lua name\n', '#! lua name=a\n', ' #!lua name=a\n', '#!foo name=-\n'],
        ...['#!lua name=h=i\n', '#!lua name="a b"\n', '#!lua "name=a\n', "#!lua 'name=a'x\n"],
      ].map((code) => `FUNCTION LOAD ${quoted(code)}`),
      ...["#!LUA NAME='a'\r\n", '#!lua\t name="a" \n', '#!lua name=_9\n'].map(
        (code) => `FUNCTION LOAD REPLACE ${quoted(`${code}${SOME}`)}`,
      ),
      'FUNCTION LOAD',
      'FUNCTION LOAD x y',
      'FUNCTION LOAD REPLACE',
      'FUNCTION LOAD replace REPLACE x',
      'FUNCTION LIST',
    ],
  },
  {
    name: 'functions: what a library registers',
    steps: [
      'FUNCTION FLUSH',
      ...[
        ...['', "'x'", '1, 2, 3', "'x', 2", '{}, 2', "'x-y', function() end", "'', function() end"],
        ...['function() end', "{function_name='z'}", '{callback=function() end}'],
        ...['{function_name={}}', "{function_name='a b', callback=function() end}", '{[{}]=1}'],
        ...['{callback=1}', '{1}', "{other='x'}", '12, function() end', "'z', nosuch"],
        '{function_name=12, callback=function() end, description=13}',
      ].map((args) => load(`redis.register_function(${args})`)),
      ...['description={}', "flags='a'", "flags={'a'}", 'flags={1}', 'flags={{}}'].map(named),
      ...["flags={'no-writes', 'raw-arguments'}", 'callbacks=1'].map(named),
      ...["description='What it does'", 'description=1', 'flags={}'].map(named),
      'FUNCTION LIST',
      named("flags={'no-cluster', 'NO-WRITES', 'allow-stale', 'allow-oom', 'no-writes', x=1}"),
      'FUNCTION LIST',
      load(`${SOME} ${SOME}`),
      'FUNCTION LIST LIBRARYNAME lib',
    ],
  },
  {
    name: 'functions: what a library may do while it is loaded',
    steps: [
      'FUNCTION FLUSH',
      ...[
        ...[
          'redis.call("get", "a")',
          'redis.pcall("get")',
          'redis.sha1hex("a")',
          'redis.setresp(3)',
        ],
        ...['return KEYS[1]', 'return #ARGV', 'return nosuch', 'y = 1', 'function foo() end'],
        ...[
          'error("boo")',
          'return string.foo',
          'local x = _G',
          'return _VERSION',
          'local s = pairs',
        ],
        ...['redis.log()', 'redis.log(1)', 'redis.log("x", "y")', 'redis.log(9, "y")', 'x()'],
        ...['redis.log(redis.LOG_NOTICE, "y")', 'return redis.REPL_ALL', 'redis[1] = 2'],
        ...['return redis.REDIS_VERSION', 'return redis.REDIS_VERSION_NUM', 'return ("x"):rep(3)'],
        ...['redis.register_function = 1', 'return redis.error_reply("x")', 'return 1'],
        ...['\n\n\nx.y = 1', '\nreturn "'],
      ].map((body) => load(body)),
      'FUNCTION LIST',
    ],
  },
  {
    name: 'functions: what stands in the way of a library',
    steps: [
      'FUNCTION FLUSH',
      load(SOME, 'a'),
      `FUNCTION LOAD ${quoted(`#!lua name=a\n${READER}`)}`,
      load(SOME, 'b'),
      load(`${SOME} ${READER}`, 'a'),
      load(READER, 'b'),
      load('return "', 'a'),
      'FCALL keys 0',
      'FUNCTION DELETE A',
      'FUNCTION DELETE a',
      'FUNCTION DELETE a',
      'FUNCTION DELETE',
      'FCALL keys 0',
      'FUNCTION LIST',
    ],
  },
  {
    name: 'functions: called',
    steps: [
      'FUNCTION FLUSH',
      load(SOME),
      'FCALL keys 0',
      'FCALL keys 1 a',
      'FCALL KEYS 1 a b c',
      'FCALL keys 2 a b c d',
      ...['', ' x', ' -1', ' 3 a', ' 01', ' " 1" a', ' 99999999999999999999'].map(
        (rest) => `FCALL keys${rest}`,
      ),
      'FCALL nosuch x',
      'FCALL_RO nosuch 0',
      'FCALL_RO keys x',
      'FCALL_RO keys 3',
      'FCALL_RO keys 0',
      load(READER),
      'SET k v',
      'FCALL ro 1 k',
      'FCALL_RO ro 1 k',
      load(CHEAT),
      'FCALL cheat 1 k',
      'FCALL_RO cheat 1 k',
      'SCRIPT FLUSH',
      'FCALL ro 1 k',
      'FCALL cheat 1 k',
      'MULTI',
      'FCALL cheat 1 k',
      'FUNCTION FLUSH',
      'FCALL cheat 1 k',
      'EXEC',
      "EVAL \"return redis.call('fcall', 'cheat', 0)\" 0",
      "EVAL \"return redis.call('function', 'list')\" 0",
    ],
  },
  {
    name: 'functions: what they do and what goes wrong',
    steps: [
      'FUNCTION FLUSH',
      'HSET h f v',
      ...[
        ...[
          'xx = 1',
          'return xx',
          'return KEYS[1]',
          'error("bad")',
          'error({err="bad"})',
          'local x',
        ],
        ...[
          'return redis.error_reply("MY bad")',
          'return redis.call("incr", "a", "b")',
          'return #k',
        ],
        ...['return redis.call("nosuch")', 'return redis.pcall("nosuch")', 'return x.y'],
        ...['return redis.call("eval", "return 1", 0)', 'return redis.call("fcall", "f", 0)'],
        ...[
          'redis.setresp(3) return redis.call("hgetall", "h")',
          'return redis.call("hgetall", "h")',
        ],
        ...['local r = redis r.x = 1', 'return _G.math.floor(2.5)'],
        ...[
          'math.x = 1',
          'return {pcall(function() x = 1 end)}',
          'rawset(_G, "q", 1)',
          'return 1, 2',
        ],
        ...['k[1] = "q" return k[1]'],
        ...[
          'return redis.status_reply("x")',
          'return redis.call("set", k[1], a[1])',
          'return print',
        ],
        ...[
          'return {double=1.5}',
          'return true',
          'return false',
          'return nil',
          'return {1, 2.9, "x"}',
        ],
      ].flatMap((body) => [define(body), 'FCALL f 1 k a']),
      load('local n = 0 redis.register_function("f", function() n = n + 1 return n end)'),
      'FCALL f 0',
      'FCALL f 0',
      load(`local R = redis
        redis.register_function("f", function() return R.call("ping") end)
        redis.register_function("g", function() return R == redis end)
        redis.register_function("h", function() R.register_function("x", function() end) end)`),
      'FCALL f 0',
      'FCALL g 0',
      'FCALL h 0',
    ],
  },
  {
    name: 'functions: listed, counted and thrown away',
    steps: [
      'FUNCTION FLUSH',
      'FUNCTION LIST',
      'FUNCTION STATS',
      load(SOME, 'one'),
      'FUNCTION LIST',
      'FUNCTION LIST WITHCODE',
      ...['"O*"', 'one', 'two', '', '"o[m-o]?"'].map((one) => `FUNCTION LIST LIBRARYNAME ${one}`),
      'FUNCTION LIST withcode libraryname one',
      'FUNCTION LIST WITHCODE WITHCODE',
      'FUNCTION LIST LIBRARYNAME one LIBRARYNAME one',
      'FUNCTION LIST x',
      'FUNCTION STATS',
      load(READER, 'two'),
      'FUNCTION STATS',
      'FUNCTION STATS x',
      'FUNCTION KILL',
      'FUNCTION FLUSH x',
      'FUNCTION FLUSH SYNC ASYNC',
      'FUNCTION FLUSH async',
      'FUNCTION LIST',
      'FUNCTION FLUSH SYNC',
      'FUNCTION FLUSH',
      'FUNCTION',
      'FUNCTION x',
      '1^ FUNCTION HELP',
      'COMMAND GETKEYS FCALL f 2 a b c',
    ],
  },
  {
    name: 'functions: dumped and restored',
    steps: [
      'FUNCTION FLUSH',
      'FUNCTION DUMP',
      `FUNCTION RESTORE ${EMPTY}`,
      'FUNCTION RESTORE',
      'FUNCTION RESTORE abc',
      'FUNCTION RESTORE abc foo',
      'FUNCTION RESTORE abc APPEND x',
      'FUNCTION DUMP x',
      load(`-- ${'compressed '.repeat(40)}\n${SOME}`, 'packed'),
      'FUNCTION DUMP',
      'FUNCTION DELETE packed',
      'FUNCTION LIST LIBRARYNAME ""',
      `FUNCTION RESTORE ${DUMPED}`,
      'FCALL w 0',
      'FUNCTION DUMP',
      ...['', ' append', ' REPLACE', ' flush', ' APPEND'].map(
        (policy) => `FUNCTION RESTORE ${DUMPED}${policy}`,
      ),
      load("redis.register_function('other', function() end)", 'Lib'),
      load("redis.register_function('w', function() end)", 'third'),
      `FUNCTION RESTORE ${DUMPED} REPLACE`,
      'FCALL other 0',
      `FUNCTION RESTORE ${DUMPED} FLUSH`,
      'FUNCTION LIST WITHCODE',
      `FUNCTION RESTORE ${EMPTY} FLUSH`,
      'FUNCTION LIST',
    ],
  },
  {
    name: 'functions: scripts that say the same of themselves',
    steps: [
      ...[
        ...['#!lua\n', '#!lua flags=\n', '#!lua flags=no-writes\n', '#!lua flags=foo\n'],
        ...['#!lua name=x\n', '#!foo\n', '#!LUA\n', '#!lua flags\n', '#!lua', '#!\n', ' #!lua\n'],
        ...['#!lua flags=no-writes,allow-oom\n', '#!lua flags=no-writes flags=allow-stale\n'],
        ...['#!lua flags=no-writes,\n', '#!lua FLAGS=no-writes\n', '#!lua flags=NO-WRITES\n'],
        ...['#!lua "flags=\n', '#!lua flags=no-cluster\r\n', '#!lua flags=raw-arguments\n'],
      ].flatMap((line) => [
        `EVAL ${quoted(`${line}return redis.call('set', KEYS[1], 1)`)} 1 a`,
        `EVAL_RO ${quoted(`${line}return redis.call('get', KEYS[1])`)} 1 a`,
        `SCRIPT LOAD ${quoted(`${line}\nx = 1`)}`,
        `EVAL ${quoted(`${line}\nx = 1`)} 0`,
      ]),
    ],
  },
];
