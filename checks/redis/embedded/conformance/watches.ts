import type { Scenario } from './scenario';

/** Whether a change, by whoever, makes a transaction that watches the keys do nothing. */
function after(keys: string, ...changes: string[]): string[] {
  return [`WATCH ${keys}`, ...changes, 'MULTI', 'PING', 'EXEC'];
}

const refused = (...commands: string[]): string[] =>
  commands.flatMap((command) => ['MULTI', command, 'EXEC']);

export const watches: readonly Scenario[] = [
  {
    name: 'watches: what spoils a transaction',
    steps: [
      ...refused('GET', 'FOO', 'CONFIG FOO', 'CONFIG', 'WATCH a', 'WATCH', 'MULTI', 'MULTI x'),
      ...refused('CLIENT ID x', 'BGSAVE x y z', 'SHUTDOWN', 'HELLO 9', 'UNWATCH', 'SCRIPT KILL'),
      ...refused('SELECT 99', 'AUTH x', 'MONITOR'),
      ...['MULTI', 'EXEC x', 'EXEC', 'DISCARD x', 'MULTI', 'DISCARD x', 'PING', 'DISCARD', 'EXEC'],
      ...['WATCH a', '2: SET a 1', 'EXEC x', 'MULTI', 'PING', 'EXEC'],
      ...['MULTI', 'RESET', 'EXEC', 'UNWATCH x'],
      ...['MULTI', 'PSUBSCRIBE a', 'GET a', 'EXEC', 'RESET'],
    ],
  },
  {
    name: 'watches: whole keys and databases',
    steps: [
      'SET a 1',
      ...after('a', '2: COPY a b'),
      ...after('b', '2: COPY a b REPLACE'),
      ...after('b', '2: COPY a b'),
      ...after('a', '2: SWAPDB 0 1'),
      ...after('none', '2: SWAPDB 0 1'),
      ...after('a', '2: SWAPDB 2 3'),
      ...after('a', '2: FLUSHDB'),
      ...after('a', '2: FLUSHALL'),
      'SET a 1',
      ...after('a', '2: SELECT 1', '2: FLUSHDB', '2: SELECT 0'),
      ...after('a', '2: RENAME a b'),
      ...after('a', '2: RENAME b a'),
      ...after('a', '2: MOVE a 1'),
      'SET a 1',
      ...after('a', '2: PERSIST a'),
      ...after('a', '2: EXPIRE a 100'),
      ...after('a', '2: GETEX a'),
      ...after('a', '2: GETEX a PERSIST'),
      ...after('a', '2: GETDEL a'),
      ...after('a a a', "EVAL \"return redis.call('SET','a','5')\" 0"),
      ...after('a', "EVAL \"return redis.call('GET','a')\" 0"),
      ...['WATCH a', '2: SET a 2', 'DISCARD', 'MULTI', 'PING', 'EXEC'],
      ...['WATCH a', '2: SET a 3', 'MULTI', 'DISCARD', 'MULTI', 'PING', 'EXEC'],
      ...['WATCH a', '2: SET a 4', 'RESET', 'MULTI', 'PING', 'EXEC'],
    ],
  },
  {
    name: 'watches: changes that change nothing',
    steps: [
      'SET a 1',
      ...after('a', '2: SETNX a 1'),
      ...after('a', '2: APPEND a ""'),
      ...after('a', '2: SETRANGE a 0 ""'),
      '2: SADD s 1',
      ...after('s', '2: SADD s 1'),
      ...after('s', '2: SREM s 2'),
      ...after('s', '2: SPOP s 0'),
      ...after('s', '2: SMOVE s s 1'),
      ...after('s t', '2: SMOVE s t 1'),
      '2: ZADD z 1 a',
      ...after('z', '2: ZADD z 1 a'),
      ...after('z', '2: ZINCRBY z 0 a'),
      ...after('z', '2: ZADD z XX 1 b'),
      '2: HSET h a 1',
      ...after('h', '2: HSET h a 1'),
      ...after('h', '2: HSETNX h a 1'),
      ...after('h', '2: HDEL h x'),
      '2: RPUSH l a',
      ...after('l', '2: LREM l 0 x'),
      ...after('l', '2: LTRIM l 0 -1'),
      ...after('l', '2: LSET l 0 a'),
      ...after('l', '2: LINSERT l BEFORE x y'),
      ...after('l', '2: LPOP l 0'),
      ...after('l', '2: RPOPLPUSH l l'),
      ...after('l', '2: SINTERSTORE l none'),
      ...after('l', '2: SINTERSTORE l none'),
    ],
  },
  {
    name: 'watches: keys that expire',
    steps: [
      ...['SET e 1 PX 1', '1- e', ...after('e', '2: GET e')],
      ...['SET e 1 PX 30', ...after('e', '1- e')],
      ...['SET e 1 PX 30', 'WATCH e', 'MULTI', '2- e', 'PING', 'EXEC'],
      ...['SET e 1 PX 30', ...after('e', '1- e', '2: SET e 2')],
      ...['SET x 1', ...after('x', '2: SET x 1 PXAT 1')],
    ],
  },
];
