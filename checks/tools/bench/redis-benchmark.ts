import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inTurn, type Measure } from './measure';
import { SideBySide } from './side-by-side';

const run = promisify(execFile);

const REQUESTS = 50_000;
/** As `redis-benchmark -t` names its tests, and as it prints them. */
const tests = [
  ['ping_inline', 'PING_INLINE'],
  ['ping_mbulk', 'PING_MBULK'],
  ['set', 'SET'],
  ['get', 'GET'],
  ['incr', 'INCR'],
  ['lpush', 'LPUSH'],
  ['rpush', 'RPUSH'],
  ['lpop', 'LPOP'],
  ['rpop', 'RPOP'],
  ['sadd', 'SADD'],
  ['hset', 'HSET'],
  ['spop', 'SPOP'],
  ['zadd', 'ZADD'],
  ['zpopmin', 'ZPOPMIN'],
  ['lrange_100', 'LRANGE_100 (first 100 elements)'],
  ['lrange_300', 'LRANGE_300 (first 300 elements)'],
  ['lrange_600', 'LRANGE_600 (first 600 elements)'],
  ['mset', 'MSET (10 keys)'],
] as const;

/** Redis's own benchmark, fifty clients that each wait for a reply before they send again. */
export function redisBenchmark(): Measure[] {
  const both = new SideBySide();
  return tests.map(([test, title], at) => ({
    name: 'redis-benchmark',
    what: `embedded Redis, redis-benchmark, ${title}`,
    against: 'redis-server',
    unit: 'requests/s',
    goal: { atLeast: 0.5 },
    ...(at === 0 ? { open: () => both.open(), close: () => both.close() } : {}),
    sample: (round) =>
      inTurn(
        round,
        () => rateOf(test, title, both.ours),
        () => rateOf(test, title, both.theirs),
      ),
  }));
}

/** Requests a second. */
async function rateOf(test: string, title: string, socket: string): Promise<number> {
  const options = ['-s', socket, '-t', test, '-n', String(REQUESTS), '--csv'];
  const { stdout } = await run('redis-benchmark', options);
  const row = stdout.split('\n').find((line) => line.startsWith(`"${title}"`));
  const rate = Number(row?.split(',')[1]?.replaceAll('"', ''));
  if (!(rate > 0)) throw new Error(`redis-benchmark said nothing of ${title}:\n${stdout}`);
  return rate;
}
