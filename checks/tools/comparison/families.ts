import { administration } from './administration';
import { bits, sketches } from './bit-families';
import { functions } from './functions';
import { places } from './places';
import { serialization } from './serialization-families';
import { sorting } from './sorting';
import { streams } from './streams';
import type { Make, Words } from './words';

const expireOption: Make = (w) => w.maybe(30, w.random.pick(['NX', 'XX', 'GT', 'LT']));
/** Far from each other, so that no two meet in one moment. */
const seconds = (w: Words) => String(1000 + w.random.below(1_000_000));
const moment = (w: Words) => String(4_000_000_000 + w.random.below(1_000_000));
const limit: Make = (w) => w.maybe(30, 'LIMIT', w.count(), w.integer());
const scores: Make = (w) => w.maybe(40, 'WITHSCORES');
const setTime: Make = (w) =>
  w.random.pick([
    [],
    [],
    [],
    ['KEEPTTL'],
    ['EX', seconds(w)],
    ['PX', `${seconds(w)}000`],
    ['EXAT', moment(w)],
    ['PXAT', `${moment(w)}000`],
    ['EX', w.integer().replace(/^[1-7]$/, '0')],
  ]);

const lcsOptions: Make = (w) => [
  ...w.maybe(50, 'IDX'),
  ...w.maybe(20, 'LEN'),
  ...w.maybe(40, 'WITHMATCHLEN'),
  ...w.maybe(40, 'MINMATCHLEN', w.count()),
];

const strings: Make[] = [
  (w) => ['GET', w.key('string')],
  (w) => ['SET', w.key('string'), w.value()],
  (w) => [
    'SET',
    w.key('string'),
    w.value(),
    ...w.maybe(30, w.random.pick(['NX', 'XX'])),
    ...setTime(w),
    ...w.maybe(30, 'GET'),
  ],
  (w) => ['SETNX', w.key('string'), w.value()],
  (w) => ['SETEX', w.key('string'), w.random.pick([seconds(w), '0', '-1', 'x']), w.value()],
  (w) => ['PSETEX', w.key('string'), w.random.pick([`${seconds(w)}000`, '0', 'x']), w.value()],
  (w) => ['GETSET', w.key('string'), w.value()],
  (w) => ['GETDEL', w.key('string')],
  (w) => ['GETEX', w.key('string'), ...w.random.pick([setTime(w), ['PERSIST'], ['FOO']])],
  (w) => ['MGET', ...w.keys('string')],
  (w) => ['MSET', ...w.random.several(1, 3, () => [w.key('string'), w.value()]).flat()],
  (w) => ['MSETNX', ...w.random.several(1, 2, () => [w.key('string'), w.value()]).flat()],
  (w) => ['APPEND', w.key('string'), w.value()],
  (w) => ['STRLEN', w.key('string')],
  (w) => ['GETRANGE', w.key('string'), w.integer(), w.integer()],
  (w) => ['SUBSTR', w.key('string'), w.integer(), w.integer()],
  (w) => ['SETRANGE', w.key('string'), w.random.pick(['0', '1', '5', '40', '-1', 'x']), w.value()],
  (w) => ['LCS', w.key('string'), w.key('string'), ...w.maybe(60, ...lcsOptions(w))],
  (w) => ['INCR', w.key('string')],
  (w) => ['DECR', w.key('string')],
  (w) => ['INCRBY', w.key('string'), w.integer()],
  (w) => ['DECRBY', w.key('string'), w.integer()],
  (w) => ['INCRBYFLOAT', w.key('string'), w.float()],
];

const keys: Make[] = [
  (w) => ['DEL', ...w.keys()],
  (w) => ['UNLINK', w.key()],
  (w) => ['EXISTS', ...w.keys()],
  (w) => ['TOUCH', ...w.keys()],
  (w) => ['TYPE', w.key()],
  (w) => ['RENAME', w.key(), w.key()],
  (w) => ['RENAMENX', w.key(), w.key()],
  (w) => ['COPY', w.key(), w.key(), ...w.maybe(30, 'REPLACE'), ...w.maybe(20, 'DB', w.database())],
  (w) => ['MOVE', w.key(), w.database()],
  (w) => ['KEYS', w.pattern()],
  (w) => ['SCAN', '0', 'COUNT', '100000', ...w.maybe(40, 'MATCH', w.pattern())],
  (w) => ['SCAN', '0', 'COUNT', '100000', 'TYPE', w.random.pick(['string', 'list', 'zset', 'x'])],
  () => ['RANDOMKEY'],
  () => ['DBSIZE'],
  (w) => ['OBJECT', w.random.pick(['ENCODING', 'ENCODING', 'REFCOUNT', 'FREQ', 'X']), w.key()],
  (w) => ['EXPIRE', w.key(), seconds(w), ...expireOption(w)],
  (w) => ['EXPIRE', w.key(), w.random.pick(['0', '-1', 'x', '9223372036854775807'])],
  (w) => ['PEXPIRE', w.key(), `${seconds(w)}000`, ...expireOption(w)],
  (w) => ['EXPIREAT', w.key(), moment(w), ...expireOption(w)],
  (w) => ['PEXPIREAT', w.key(), `${moment(w)}000`, ...expireOption(w)],
  (w) => ['PEXPIREAT', w.key(), w.random.pick(['1', '-5', 'x']), ...expireOption(w)],
  (w) => ['TTL', w.key()],
  (w) => ['PTTL', w.key()],
  (w) => ['EXPIRETIME', w.key()],
  (w) => ['PEXPIRETIME', w.key()],
  (w) => ['PERSIST', w.key()],
];

const hashes: Make[] = [
  (w) => ['HSET', w.key('hash'), ...pairs(w)],
  (w) => ['HSET', w.key('hash'), ...pairs(w)],
  (w) => ['HMSET', w.key('hash'), ...pairs(w)],
  (w) => ['HSETNX', w.key('hash'), w.field(), w.value()],
  (w) => ['HGET', w.key('hash'), w.field()],
  (w) => ['HMGET', w.key('hash'), ...w.random.several(1, 3, () => w.field())],
  (w) => ['HGETALL', w.key('hash')],
  (w) => ['HKEYS', w.key('hash')],
  (w) => ['HVALS', w.key('hash')],
  (w) => ['HLEN', w.key('hash')],
  (w) => ['HEXISTS', w.key('hash'), w.field()],
  (w) => ['HSTRLEN', w.key('hash'), w.field()],
  (w) => ['HDEL', w.key('hash'), ...w.random.several(1, 3, () => w.field())],
  (w) => ['HINCRBY', w.key('hash'), w.field(), w.integer()],
  (w) => ['HINCRBYFLOAT', w.key('hash'), w.field(), w.float()],
  (w) => [
    'HRANDFIELD',
    w.key('hash'),
    w.random.pick(['100', '0', 'x']),
    ...w.maybe(40, 'WITHVALUES'),
  ],
  (w) => ['HSCAN', w.key('hash'), '0', 'COUNT', '100000', ...w.maybe(30, 'MATCH', w.pattern())],
];

const lists: Make[] = [
  (w) => ['LPUSH', w.key('list'), ...w.random.several(1, 4, () => w.member())],
  (w) => ['RPUSH', w.key('list'), ...w.random.several(1, 4, () => w.member())],
  (w) => [w.random.pick(['LPUSHX', 'RPUSHX']), w.key('list'), w.member()],
  (w) => [w.random.pick(['LPOP', 'RPOP']), w.key('list'), ...w.maybe(40, w.count())],
  (w) => ['LLEN', w.key('list')],
  (w) => ['LRANGE', w.key('list'), w.integer(), w.integer()],
  (w) => ['LINDEX', w.key('list'), w.integer()],
  (w) => ['LSET', w.key('list'), w.integer(), w.member()],
  (w) => ['LINSERT', w.key('list'), w.random.pick(['BEFORE', 'AFTER', 'X']), w.member(), w.value()],
  (w) => ['LREM', w.key('list'), w.integer(), w.member()],
  (w) => ['LTRIM', w.key('list'), w.integer(), w.integer()],
  (w) => [
    'LPOS',
    w.key('list'),
    w.member(),
    ...w.maybe(40, 'RANK', w.random.pick(['0', '1', '2', '-1', '-2', w.integer(), 'x'])),
    ...w.maybe(40, 'COUNT', w.count()),
    ...w.maybe(30, 'MAXLEN', w.count()),
  ],
  (w) => ['RPOPLPUSH', w.key('list'), w.key('list')],
  (w) => ['LMOVE', w.key('list'), w.key('list'), w.side(), w.side()],
  (w) => numbered(w, 'LMPOP', 'list', [w.side(), ...w.maybe(40, 'COUNT', w.count())]),
];

const sets: Make[] = [
  (w) => ['SADD', w.key('set'), ...w.random.several(1, 4, () => w.member())],
  (w) => ['SADD', w.key('set'), ...w.random.several(1, 4, () => w.integer())],
  (w) => ['SREM', w.key('set'), ...w.random.several(1, 3, () => w.member())],
  (w) => ['SCARD', w.key('set')],
  (w) => ['SMEMBERS', w.key('set')],
  (w) => ['SISMEMBER', w.key('set'), w.member()],
  (w) => ['SMISMEMBER', w.key('set'), ...w.random.several(1, 3, () => w.member())],
  (w) => ['SMOVE', w.key('set'), w.key('set'), w.member()],
  (w) => ['SPOP', w.key('set'), w.random.pick(['1000', '0', '-1', 'x'])],
  (w) => ['SRANDMEMBER', w.key('set'), w.random.pick(['1000', '0', 'x'])],
  (w) => ['SSCAN', w.key('set'), '0', 'COUNT', '100000', ...w.maybe(30, 'MATCH', w.pattern())],
  (w) => [w.random.pick(['SINTER', 'SUNION', 'SDIFF']), ...w.keys('set')],
  (w) => [
    w.random.pick(['SINTERSTORE', 'SUNIONSTORE', 'SDIFFSTORE']),
    w.key('set'),
    ...w.keys('set'),
  ],
  (w) => numbered(w, 'SINTERCARD', 'set', w.maybe(40, 'LIMIT', w.count())),
];

const zsets: Make[] = [
  (w) => ['ZADD', w.key('zset'), ...w.random.several(1, 4, () => [w.score(), w.member()]).flat()],
  (w) => [
    'ZADD',
    w.key('zset'),
    ...w.maybe(30, w.random.pick(['NX', 'XX'])),
    ...w.maybe(30, w.random.pick(['GT', 'LT'])),
    ...w.maybe(30, 'CH'),
    ...w.maybe(20, 'INCR'),
    ...w.random.several(1, 2, () => [w.score(), w.member()]).flat(),
  ],
  (w) => ['ZINCRBY', w.key('zset'), w.score(), w.member()],
  (w) => ['ZREM', w.key('zset'), ...w.random.several(1, 3, () => w.member())],
  (w) => ['ZCARD', w.key('zset')],
  (w) => ['ZSCORE', w.key('zset'), w.member()],
  (w) => ['ZMSCORE', w.key('zset'), ...w.random.several(1, 3, () => w.member())],
  (w) => [w.random.pick(['ZRANK', 'ZREVRANK']), w.key('zset'), w.member()],
  (w) => ['ZRANDMEMBER', w.key('zset'), w.random.pick(['100', '0', 'x']), ...scores(w)],
  (w) => ['ZSCAN', w.key('zset'), '0', 'COUNT', '100000', ...w.maybe(30, 'MATCH', w.pattern())],
  (w) => [
    w.random.pick(['ZRANGE', 'ZREVRANGE']),
    w.key('zset'),
    w.integer(),
    w.integer(),
    ...scores(w),
  ],
  (w) => ['ZRANGE', ...anyRange(w), ...scores(w)],
  (w) => ['ZRANGESTORE', w.key('zset'), ...anyRange(w)],
  (w) => [
    w.random.pick(['ZRANGEBYSCORE', 'ZREVRANGEBYSCORE']),
    w.key('zset'),
    w.scoreBound(),
    w.scoreBound(),
    ...scores(w),
    ...limit(w),
  ],
  (w) => [
    w.random.pick(['ZRANGEBYLEX', 'ZREVRANGEBYLEX']),
    w.key('lex'),
    w.lexBound(),
    w.lexBound(),
    ...limit(w),
  ],
  (w) => ['ZCOUNT', w.key('zset'), w.scoreBound(), w.scoreBound()],
  (w) => ['ZLEXCOUNT', w.key('lex'), w.lexBound(), w.lexBound()],
  (w) => ['ZREMRANGEBYRANK', w.key('zset'), w.integer(), w.integer()],
  (w) => ['ZREMRANGEBYSCORE', w.key('zset'), w.scoreBound(), w.scoreBound()],
  (w) => ['ZADD', w.key('lex'), ...w.random.several(1, 4, () => ['0', w.member()]).flat()],
  (w) => ['ZREMRANGEBYLEX', w.key('lex'), w.lexBound(), w.lexBound()],
  (w) => [w.random.pick(['ZPOPMIN', 'ZPOPMAX']), w.key('zset'), ...w.maybe(40, w.count())],
  (w) => numbered(w, 'ZUNION', 'zset', [...weights(w), ...scores(w)]),
  (w) => numbered(w, 'ZINTER', 'zset', [...weights(w), ...scores(w)]),
  (w) => numbered(w, 'ZDIFF', 'zset', scores(w)),
  (w) => numbered(w, 'ZINTERCARD', 'zset', w.maybe(40, 'LIMIT', w.count())),
  (w) => numbered(w, 'ZMPOP', 'zset', [w.end(), ...w.maybe(40, 'COUNT', w.count())]),
  (w) => ['ZUNIONSTORE', w.key('zset'), ...numbered(w, '', 'zset', weights(w)).slice(1)],
  (w) => ['ZINTERSTORE', w.key('zset'), ...numbered(w, '', 'zset', weights(w)).slice(1)],
  (w) => ['ZDIFFSTORE', w.key('zset'), ...numbered(w, '', 'zset', []).slice(1)],
];

/** Databases, and what is allowed at any time. */
const server: Make[] = [
  (w) => ['SELECT', w.database()],
  () => ['SELECT', '0'],
  (w) => ['SWAPDB', w.database(), w.database()],
  (w) => w.random.pick([['PING'], ['ECHO', w.value()], ['FLUSHDB'], ['CLIENT', 'GETNAME']]),
  (w) => ['FOO', w.value()],
  (w) => ['PUBSUB', w.random.pick(['NUMSUB', 'SHARDNUMSUB']), ...w.random.pick([[], ['c1', 'x']])],
];

/** The families by name, with the share of each among all commands. */
export const families: readonly [name: string, percent: number, makes: readonly Make[]][] = [
  ['strings', 14, strings],
  ['bits', 5, bits],
  ['sketches', 4, sketches],
  ['serialization', 3, serialization],
  ['keys', 11, keys],
  ['hashes', 10, hashes],
  ['lists', 10, lists],
  ['sets', 10, sets],
  ['zsets', 12, zsets],
  ['streams', 12, streams],
  ['places', 5, places],
  ['sorting', 2, sorting],
  ['functions', 4, functions],
  ['server', 2, server],
  ['administration', 3, administration],
];

function pairs(w: Words): string[] {
  return w.random.several(1, 3, () => [w.field(), w.value()]).flat();
}

function weights(w: Words): string[] {
  return [
    ...w.maybe(30, 'WEIGHTS', ...w.random.several(1, 3, () => w.score())),
    ...w.maybe(30, 'AGGREGATE', w.random.pick(['SUM', 'MIN', 'MAX', 'X'])),
  ];
}

/** A command that counts its keys; now and then it counts wrongly. */
function numbered(w: Words, name: string, type: 'list' | 'set' | 'zset', rest: string[]): string[] {
  const keysOf = w.keys(w.random.chance(80) ? type : 'set');
  const count = w.random.chance(4) ? w.integer() : String(keysOf.length);
  return [name, count, ...keysOf, ...rest];
}

function anyRange(w: Words): string[] {
  const [type, bound, by] = w.random.pick<['zset' | 'lex', () => string, string[]]>([
    ['zset', () => w.integer(), []],
    ['zset', () => w.scoreBound(), ['BYSCORE']],
    ['lex', () => w.lexBound(), ['BYLEX']],
  ]);
  return [w.key(type), bound(), bound(), ...by, ...w.maybe(30, 'REV'), ...limit(w)];
}
