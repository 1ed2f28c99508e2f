/** What Tab completes: the commands that the lessons, kue and a first look around need. */
const commands =
  'APPEND AUTH BLPOP BRPOP CLIENT CONFIG DBSIZE DECR DECRBY DEL DISCARD ECHO EVAL EVALSHA EXEC EXISTS EXPIRE FLUSHALL FLUSHDB GET GETRANGE GETSET HDEL HEXISTS HGET HGETALL HINCRBY HKEYS HLEN HMGET HMSET HSCAN HSET HSETNX HVALS INCR INCRBY INCRBYFLOAT INFO KEYS LINDEX LINSERT LLEN LPOP LPUSH LRANGE LREM LSET LTRIM MGET MONITOR MSET MULTI OBJECT PERSIST PEXPIRE PING PSUBSCRIBE PTTL PUBLISH PUBSUB RANDOMKEY RENAME RPOP RPOPLPUSH RPUSH SADD SAVE SCAN SCARD SCRIPT SDIFF SELECT SET SETEX SETNX SHUTDOWN SINTER SISMEMBER SMEMBERS SREM STRLEN SUBSCRIBE SUNION TTL TYPE UNLINK UNWATCH WATCH XACK XADD XAUTOCLAIM XCLAIM XDEL XGROUP XINFO XLEN XPENDING XRANGE XREAD XREADGROUP XREVRANGE XTRIM ZADD ZCARD ZCOUNT ZINCRBY ZRANGE ZRANGEBYSCORE ZRANK ZREM ZREMRANGEBYRANK ZREVRANGE ZSCORE'.split(
    ' ',
  );

const own = ['exit', 'help', 'quit'];

/**
 * For node:readline: the commands that begin as the first word does, in its case.
 * @param line what stands before the cursor
 * @returns the completions, and the part of the line that they replace
 */
export function completeCommand(line: string): [string[], string] {
  if (line === '' || /\s/.test(line)) return [[], line];
  const lower = line === line.toLowerCase();
  const words = [...commands, ...own].filter((word) =>
    word.toUpperCase().startsWith(line.toUpperCase()),
  );
  return [words.map((word) => `${lower ? word.toLowerCase() : word.toUpperCase()} `), line];
}
