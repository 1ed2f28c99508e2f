import { once } from 'node:events';
import net from 'node:net';
import { encode } from '../comparison/line';
import { Random } from '../comparison/random';
import { type Measure, median } from './measure';
import { SideBySide } from './side-by-side';

/** Elements or keys that there are when one more command comes. */
const SIZES = [12_500, 25_000, 50_000, 100_000, 200_000];
/** Commands that are timed together, and how often: a single one is faster than a clock can tell. */
const BATCH = 250;
const BATCHES = 15;
/** Batches before the first size, until the code is compiled. */
const WARMING = 30;
/** Elements in one command while a collection is filled. */
const AT_ONCE = 500;

type Words = readonly string[];

/** A command whose cost must not grow with what it works on. */
interface Operation {
  name: string;
  /** What makes elements or keys, from the first to before the last. */
  fill(first: number, last: number): Words;
  /** The command; `at` is another in each of a batch. */
  run(at: number, random: Random, size: number): Words;
  /** What brings back the size after a batch. */
  undo?(at: number): Words;
}

const list = (first: number, last: number) => ['RPUSH', 'it', ...range(first, last)];
const zset = (first: number, last: number) => [
  'ZADD',
  'it',
  ...range(first, last).flatMap((name) => [scoreOf(name), name]),
];
const set = (first: number, last: number) => ['SADD', 'it', ...range(first, last)];
const hash = (first: number, last: number) => [
  'HSET',
  'it',
  ...range(first, last).flatMap((name) => [name, 'value']),
];
const keys = (first: number, last: number) => [
  'MSET',
  ...range(first, last).flatMap((name) => [name, 'value']),
];
const some = (random: Random, size: number) => `m${random.below(size)}`;
const score = (random: Random) => String(random.below(1_000_000));

const operations: readonly Operation[] = [
  { name: 'LPUSH', fill: list, run: () => ['LPUSH', 'it', 'x'], undo: () => ['LPOP', 'it'] },
  { name: 'RPUSH', fill: list, run: () => ['RPUSH', 'it', 'x'], undo: () => ['RPOP', 'it'] },
  { name: 'LPOP', fill: list, run: () => ['LPOP', 'it'], undo: () => ['LPUSH', 'it', 'x'] },
  { name: 'RPOP', fill: list, run: () => ['RPOP', 'it'], undo: () => ['RPUSH', 'it', 'x'] },
  {
    name: 'ZADD',
    fill: zset,
    run: (at, random) => ['ZADD', 'it', score(random), `new${at}`],
    undo: (at) => ['ZREM', 'it', `new${at}`],
  },
  {
    name: 'ZREM',
    fill: zset,
    run: (at) => ['ZREM', 'it', `m${at * 7}`],
    undo: (at) => ['ZADD', 'it', scoreOf(`m${at * 7}`), `m${at * 7}`],
  },
  { name: 'ZRANK', fill: zset, run: (_, random, size) => ['ZRANK', 'it', some(random, size)] },
  {
    name: 'ZRANGEBYSCORE, LIMIT 0 10',
    fill: zset,
    run: (_, random) => ['ZRANGEBYSCORE', 'it', score(random), '+inf', 'LIMIT', '0', '10'],
  },
  {
    name: 'SADD',
    fill: set,
    run: (at) => ['SADD', 'it', `new${at}`],
    undo: (at) => ['SREM', 'it', `new${at}`],
  },
  { name: 'SPOP', fill: set, run: () => ['SPOP', 'it'], undo: (at) => ['SADD', 'it', `back${at}`] },
  {
    name: 'HSET',
    fill: hash,
    run: (at) => ['HSET', 'it', `new${at}`, 'value'],
    undo: (at) => ['HDEL', 'it', `new${at}`],
  },
  {
    name: 'HSCAN, a step',
    fill: hash,
    run: (_, random, size) => ['HSCAN', 'it', String(1 + random.below(size)), 'COUNT', '10'],
  },
  {
    name: 'SCAN, a step',
    fill: keys,
    run: (_, random, size) => ['SCAN', String(1 + random.below(size)), 'COUNT', '10'],
  },
  { name: 'DBSIZE', fill: keys, run: () => ['DBSIZE'] },
  { name: 'RANDOMKEY', fill: keys, run: () => ['RANDOMKEY'] },
];

/** By what factor a command costs more on sixteen times as much, of ours and of a real Redis. */
export function growth(): Measure[] {
  const both = new SideBySide();
  return operations.map((operation, at) => ({
    name: 'growth',
    what: `${operation.name}: cost at 200 000 over cost at 12 500`,
    against: 'redis-server',
    unit: '×',
    goal: { atMost: 2 },
    ...(at === 0 ? { open: () => both.open(), close: () => both.close() } : {}),
    sample: async (round) => ({
      ours: await factorOf(operation, both.ours, 'embedded', round),
      theirs: await factorOf(operation, both.theirs, 'redis-server', round),
    }),
  }));
}

async function factorOf(operation: Operation, path: string, who: string, round: number) {
  const wire = net.connect(path).setEncoding('latin1');
  await once(wire, 'connect');
  const random = new Random(round + 1);
  const costs: number[] = [];
  let filled = 0;
  await sendAll(wire, [['FLUSHALL']]);
  for (const size of SIZES) {
    const fills: Words[] = [];
    for (; filled < size; filled += AT_ONCE) fills.push(operation.fill(filled, filled + AT_ONCE));
    await sendAll(wire, fills);
    if (costs.length === 0) await costOf(operation, wire, random, size, WARMING);
    costs.push(await costOf(operation, wire, random, size, BATCHES));
  }
  await sendAll(wire, [['FLUSHALL']]);
  wire.destroy();
  const shown = costs.map((cost) => cost.toFixed(1)).join(', ');
  console.log(`         ${operation.name}, ${who}: ${shown} µs`);
  return (costs.at(-1) ?? 0) / (costs[0] ?? 1);
}

/** Microseconds that one command takes, among many in one write. */
async function costOf(
  operation: Operation,
  wire: net.Socket,
  random: Random,
  size: number,
  batches: number,
): Promise<number> {
  const places = Array.from({ length: BATCH }, (_, at) => at);
  const times: number[] = [];
  for (let batch = 0; batch < batches; batch += 1) {
    const commands = places.map((at) => operation.run(at, random, size));
    const start = performance.now();
    await sendAll(wire, commands);
    times.push(((performance.now() - start) / BATCH) * 1000);
    const { undo } = operation;
    if (undo) await sendAll(wire, places.map(undo));
  }
  return median(times);
}

/** Sends them in one write and waits for all replies, of which it looks at errors and the last. */
async function sendAll(wire: net.Socket, commands: readonly Words[]): Promise<void> {
  const last = '$7\r\nthe end\r\n';
  wire.write([...commands, ['ECHO', 'the end']].map(encode).join(''), 'latin1');
  for (let text = ''; !text.endsWith(last); ) {
    const [chunk] = await once(wire, 'data');
    if (/^-/m.test(String(chunk))) throw new Error(`an error came: ${chunk}`);
    text = text.slice(-last.length) + chunk;
  }
}

/** Scores in no order, the same for a name each time. */
function scoreOf(name: string): string {
  return String((Number(name.slice(1)) * 7919) % 1_000_003);
}

function range(first: number, last: number): string[] {
  return Array.from({ length: last - first }, (_, at) => `m${first + at}`);
}
