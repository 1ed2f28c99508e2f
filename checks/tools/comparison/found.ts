import type { Step } from './sequence';

const LONG = '1e400';

/** Sequences in which the embedded Redis once differed from a real one, cut down; seeds in front. */
const rows: Record<string, [connection: number, args: string[]][]> = {
  '2: a score beyond a double': [[1, ['ZINCRBY', 'z3', LONG, '']]],
  '3: SMOVE from nothing to another type': [
    [1, ['APPEND', 's2', '1e3']],
    [1, ['SMOVE', 't2', 's2', 'aa']],
  ],
  '4: a float of 80 bits in a hash': [[1, ['HINCRBYFLOAT', 'h1', 'g', LONG]]],
  '8: a float of 80 bits': [[1, ['INCRBYFLOAT', 's3', LONG]]],
  '13: no text as a bound': [[1, ['ZREMRANGEBYSCORE', 'z1', '', '3']]],
  '16: options of a scan of nothing': [[1, ['SSCAN', 't1', '0', 'MATCH', '\\*', '5']]],
  '23: minus zero': [
    [1, ['ZADD', 'z2', 'INCR', '-0', 'b']],
    [1, ['ZINCRBY', 'z2', '-0', 'B']],
    [1, ['ZRANGE', 'z2', '0', '-1', 'WITHSCORES']],
  ],
  '30: a zero byte in an error': [[1, ['FOO', '\0\xff\r\n']]],
  '35: a limit of all from a place on': [
    [1, ['ZRANGE', 'z1', '-3', '4', 'REV', 'LIMIT', '2', '-1']],
  ],
  '56: a wrong word after a wrong time': [[1, ['SET', 's3', '0x10', 'XX', 'EX', '0', 'GET', 'x']]],
  '111: a zero byte in an option': [[1, ['PEXPIREAT', 'h2', '4000791185000', '\0\xff\r\n']]],
  '116: the order in which scores are added, and infinity times nothing': [
    [1, ['ZADD', 'z2', 'inf', 'c', '1e10', '-5']],
    [1, ['ZUNIONSTORE', 'z1', '3', 'z3', 'z2', 'z2']],
    [1, ['ZINTERSTORE', 'z2', '3', 'z2', 'z1', 'z1', 'WEIGHTS', '1', '1e-7', '-0']],
  ],
  '138: a number of four hundred digits': [
    [2, ['HINCRBYFLOAT', 'h1', 'g', LONG]],
    [1, ['HINCRBYFLOAT', 'h1', 'g', '0x10']],
  ],
  '151: CLIENT from a script': [
    [1, ['EVAL', 'return redis.pcall(unpack(ARGV))', '1', 'l2', 'CLIENT', 'GETNAME']],
  ],
  '206: two faults at once': [
    [1, ['LMPOP', '3', 'l3', 'l3', 'l3', 'LEFT', 'COUNT', '0', '9223372036854775808']],
  ],
  '213: an option without letters': [
    [1, ['ZRANDMEMBER', 'z1', '100', '']],
    [1, ['HRANDFIELD', 'h1', '100', '']],
    [1, ['FLUSHDB', '']],
  ],
  '251: a key that is overwritten wakes nobody': [
    [3, ['BZPOPMAX', 'z1', '0']],
    [1, ['MSET', 'z1', 'hello world']],
    [1, ['SADD', 't3', '3']],
    [1, ['ZUNIONSTORE', 'z1', '2', 't3', 't2']],
  ],
  '20237: a hexadecimal fraction': [
    [1, ['SET', 's2', '0x103.5']],
    [2, ['INCRBYFLOAT', 's2', '1e3']],
  ],
  '22027: a string that becomes a sorted set wakes nobody': [
    [1, ['MULTI']],
    [1, ['APPEND', 'l1', 'x']],
    [5, ['BZPOPMAX', 'z3', 'z2', 'l1', '0']],
    [1, ['ZDIFFSTORE', 'l1', '2', 'z1', 'z3']],
    [2, ['ZADD', 'z1', '1e10', 'e', '2.5', 'ab']],
    [1, ['EXEC']],
  ],
  '772678972: two faults of SWAPDB at once': [[1, ['SWAPDB', '-1', 'x']]],
  '772681451: a database against itself': [
    [1, ['LPUSH', 'l1', '10']],
    [1, ['WATCH', 'l1']],
    [1, ['SWAPDB', '0', '0']],
    [1, ['MULTI']],
    [1, ['EXEC']],
  ],
  '772681716: a key renamed over one of another type': [
    [1, ['RPUSH', 'l2', '', 'e', 'c']],
    [3, ['BRPOPLPUSH', 'l3', 'l2', '0']],
    [1, ['EVAL', 'redis.call("SET", KEYS[1], ARGV[1]) return 1', '1', 'l3', 'DECR']],
    [1, ['RENAME', 'l2', 'l3']],
  ],
  '772681734: two faults of SINTERCARD at once': [
    [1, ['SINTERCARD', '2', 't2', 't2', 'LIMIT', '-1', '3.5']],
  ],
  '772681767: a score that stays': [
    [1, ['ZADD', 'z2', '1', '2']],
    [2, ['WATCH', 'z2']],
    [1, ['ZINCRBY', 'z2', '0', '2']],
    [2, ['MULTI']],
    [2, ['EXEC']],
  ],
  '200056: a hexadecimal number of more digits than a double has': [
    [1, ['SET', 's1', '0x10372036854775808']],
    [1, ['INCRBYFLOAT', 's1', '1']],
    [1, ['INCRBYFLOAT', 's2', '-0x1.8p-3']],
  ],
  '300047: SORT looks up keys that are missed': [
    [1, ['LPUSH', 'l3', '', '-5']],
    [1, ['SORT', 'l3', 'BY', '*', 'ALPHA', 'GET', '#']],
  ],
  '401234: an option without letters for GETEX': [[1, ['GETEX', 't2', '']]],
  'by hand: the lowest rank': [
    [1, ['RPUSH', 'l1', 'a', 'b', 'a']],
    [1, ['LPOS', 'l1', 'a', 'RANK', '-9223372036854775808', 'COUNT', '0']],
    [1, ['LPOS', 'l1', 'a', 'RANK', '-9223372036854775807']],
  ],
  '5: a library without a name': [
    [1, ['FUNCTION', 'LOAD', "#!lua name=l2\nredis.register_function('f2', function() end)"]],
    [1, ['FUNCTION', 'LIST', 'LIBRARYNAME', '']],
    [1, ['FUNCTION', 'DUMP']],
  ],
  '70216: a zero byte in an option of FUNCTION': [
    [1, ['FUNCTION', 'LIST', 'LIBRARYNAME', 'lib', '\0\xff\r\n']],
    [1, ['FUNCTION', 'LOAD', '\0\xff\r\n', 'x']],
  ],
  '1002: minus zero as a count': [[1, ['LPOS', 'l1', 'c', 'MAXLEN', '-0']]],
  '2 of administration: a family tried as a whole': [[1, ['ACL', 'DRYRUN', 'default', 'CLIENT']]],
  '3 of administration: a setting in capitals': [
    [1, ['CONFIG', 'SET', 'SET-MAX-INTSET-ENTRIES', '-6']],
  ],
  '1001 of administration: a setting beyond 64 bits': [
    [1, ['CONFIG', 'SET', 'hash-max-listpack-entries', '9223372036854775808']],
  ],
  '1053 of administration: a refusal once more where the log takes none': [
    [1, ['AUTH', '', '9223372036854775808']],
    [1, ['CONFIG', 'SET', 'acllog-max-len', '0']],
    [1, ['AUTH', '', '0x10']],
    [2, ['ACL', 'LOG', '5']],
  ],
  '1583 of administration: a zero byte in a rule': [
    [1, ['ACL', 'SETUSER', 'default', 'on', '\0\xff\r\n']],
  ],
  '1904 of administration: an empty rule': [[1, ['ACL', 'SETUSER', 'default', '']]],
  '1124 of administration: a wrong password in a transaction': [
    [1, ['MULTI']],
    [1, ['AUTH', 'none', '9223372036854775808']],
    [1, ['ACL', 'LOG', '5']],
    [1, ['EXEC']],
  ],
  '1238 of administration: a wrong password by another spelling': [
    [1, ['auth', 'Default', ' 1']],
    [2, ['ACL', 'LOG', '5']],
  ],
  '291223: a sorted set that was sorted is no small one any more': [
    [1, ['ZADD', 'z', '1', 'c']],
    [1, ['SORT', 'z', 'LIMIT', '0', '1', 'ALPHA']],
    [1, ['OBJECT', 'ENCODING', 'z']],
  ],
};

export const found: readonly { name: string; steps: readonly Step[] }[] = Object.entries(rows).map(
  ([name, steps]) => ({ name, steps: steps.map(([connection, args]) => ({ connection, args })) }),
);
