import { QUERY_LIMIT } from '../limits';
import { anything, choice, integer, long, memory, unsignedMemory, yesOrNo } from './kind';
import { guarded, setting } from './row';
import { SettingFault } from './setting-fault';
import { bufferLimits, events, percentiles, savePoints, shownEvents } from './special-kinds';

const MEGABYTE = 1024 * 1024;
/** Bytes of one argument at most: all is in the memory of the runner. */
const LONGEST = 64 * MEGABYTE;

/** The settings that change something. */
export const served = {
  'acllog-max-len': setting('128', long()),
  'busy-reply-threshold': setting('5000', long(), 'lua-time-limit'),
  'client-output-buffer-limit': setting(
    'normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60',
    bufferLimits,
  ),
  'client-query-buffer-limit': setting(String(QUERY_LIMIT), memory(MEGABYTE)),
  dbfilename: guarded(''),
  dir: guarded(''),
  'hash-max-listpack-entries': setting('512', long(), 'hash-max-ziplist-entries'),
  'hash-max-listpack-value': setting('64', memory(), 'hash-max-ziplist-value'),
  'hll-sparse-max-bytes': setting('3000', memory()),
  'latency-monitor-threshold': setting('0', long()),
  'latency-tracking': setting('yes', yesOrNo),
  'latency-tracking-info-percentiles': setting('50 99 99.9', percentiles),
  'list-max-listpack-size': setting('-2', integer(-(2 ** 31)), 'list-max-ziplist-size'),
  maxclients: setting('10000', integer(1, 2 ** 32 - 1)),
  maxmemory: setting('0', unsignedMemory),
  'maxmemory-policy': setting('noeviction', policy),
  'min-replicas-to-write': setting('0', integer(), 'min-slaves-to-write'),
  'notify-keyspace-events': { ...setting('', events), shown: shownEvents },
  'proto-max-bulk-len': setting(String(LONGEST), bulkLength),
  requirepass: setting('', anything),
  save: setting('', savePoints),
  'set-max-intset-entries': setting('512', long()),
  'slowlog-log-slower-than': setting('10000', long(-1)),
  'slowlog-max-len': setting('128', long()),
  'stream-node-max-bytes': setting('4096', memory()),
  'stream-node-max-entries': setting('100', long()),
  'tcp-keepalive': setting('300', integer()),
  timeout: setting('0', integer()),
  'tracking-table-max-keys': setting('1000000', long()),
  'zset-max-listpack-entries': setting('128', long(), 'zset-max-ziplist-entries'),
  'zset-max-listpack-value': setting('64', memory(), 'zset-max-ziplist-value'),
};

function policy(text: string): string {
  const word = choice(
    ...['volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl', 'allkeys-lru'],
    ...['allkeys-lfu', 'allkeys-random', 'noeviction'],
  )(text);
  if (word === 'noeviction') return word;
  throw new SettingFault('the embedded Redis evicts no keys: it knows noeviction only');
}

function bulkLength(text: string): string {
  const bytes = memory(MEGABYTE)(text);
  if (Number(bytes) <= LONGEST) return bytes;
  throw new SettingFault('the embedded Redis takes 64 MB in one argument at most');
}
