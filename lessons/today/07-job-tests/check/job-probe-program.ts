import { createRequire } from 'node:module';
import type { Tell } from '#grading';
import type { JobReport, Outcome } from './job-probe-protocol';
import { halfAnHour, probedJobs, probedNumbers, probedQueue } from './probed';

/*
 * The program that calls the functions of a learner's today-job, and tells what came of it. Its
 * argument is the module.
 */

const [, , moduleFile = ''] = process.argv;

/** The folder's own packages, if it has them. */
const load = createRequire(moduleFile);

/** What is not an array, in the order in which it is reported. */
const others: [string, unknown][] = [
  ["'Hello'", 'Hello'],
  ['{}', {}],
  ['42', 42],
  ['null', null],
  ['undefined', undefined],
  ['{ length: 1 }', { length: 1 }],
];

export default async function drive(tell: Tell): Promise<void> {
  tell(await probe());
  process.exit(0);
}

async function probe(): Promise<JobReport> {
  const loaded: unknown = require(moduleFile);
  const exports = new Map(isObject(loaded) ? Object.entries(loaded) : []);
  const inner = exports.get('default');
  return {
    exported: Object.fromEntries([...exports].map(([name, value]) => [name, typeof value])),
    underDefault: isObject(inner) ? Object.keys(inner) : [],
    ...(await probeCreating(exports.get('createPushNotificationsJobs'))),
    ...(await probeAsking(exports.get('mayNotify'))),
  };
}

async function probeCreating(create: unknown) {
  const { Queue }: typeof import('bullmq') = load('bullmq');
  const queue = new Queue(probedQueue, { connection: {} });
  queue.on('error', () => {});
  await queue.waitUntilReady();
  const counts = { bulk: 0, single: 0 };
  const { addBulk, add } = queue;
  queue.addBulk = (...words) => {
    counts.bulk += 1;
    return addBulk.apply(queue, words);
  };
  queue.add = (...words) => {
    counts.single += 1;
    return add.apply(queue, words);
  };
  const refusals: JobReport['refusals'] = [];
  if (typeof create !== 'function') {
    await queue.close();
    return { refusals, none: null, many: null, ...counts };
  }
  for (const [input, value] of others) {
    refusals.push({ input, outcome: await outcomeOf(() => create(value, queue)) });
  }
  const none = await outcomeOf(() => create([], queue));
  counts.bulk = 0;
  counts.single = 0;
  // Somebody else's job waits already.
  const other = await add.call(queue, 'of another', { phoneNumber: '0', message: 'Not yours' });
  const many = await outcomeOf(() => create([...probedJobs], queue));
  await other.remove();
  await queue.close();
  return { refusals, none, many, ...counts };
}

async function probeAsking(mayNotify: unknown) {
  const asked: Outcome[] = [];
  if (typeof mayNotify !== 'function') return { asked, sent: 0, keyLeft: -1, keyLater: -1 };
  const { Redis }: typeof import('ioredis') = load('ioredis');
  const redis = new Redis();
  await redis.ping();
  let sent = 0;
  const { sendCommand } = redis;
  redis.sendCommand = (...words) => {
    sent += 1;
    return sendCommand.apply(redis, words);
  };
  const ask = (number: string) => outcomeOf(() => mayNotify(number, redis));
  const key = `notified:${probedNumbers.again}`;
  asked.push(await ask(probedNumbers.again));
  const keyLeft = await redis.pttl(key);
  // As if half of the hour had passed.
  await redis.pexpire(key, halfAnHour);
  asked.push(await ask(probedNumbers.again));
  const keyLater = await redis.pttl(key);
  sent -= 3;
  asked.push(...(await Promise.all([ask(probedNumbers.atOnce), ask(probedNumbers.atOnce)])));
  asked.push(await ask(probedNumbers.other));
  // As if the hour had passed.
  await redis.del(`notified:${probedNumbers.other}`);
  asked.push(await ask(probedNumbers.other));
  sent -= 1;
  redis.disconnect();
  return { asked, sent, keyLeft, keyLater };
}

async function outcomeOf(call: () => unknown): Promise<Outcome> {
  let returned: unknown;
  try {
    returned = call();
  } catch (error) {
    return { ended: 'threw', ...told(error) };
  }
  if (!isObject(returned) || !('then' in returned)) {
    return { ended: 'returned', value: shown(returned) };
  }
  try {
    const value: unknown = await returned;
    const ids = Array.isArray(value) ? value.map((one) => String(Object(one).id)) : undefined;
    return { ended: 'resolved', value: shown(value), ...(ids && { ids }) };
  } catch (error) {
    return { ended: 'rejected', ...told(error) };
  }
}

function told(error: unknown) {
  const isError = error instanceof Error;
  const message = isError ? error.message : String(error);
  return { isError, message, raw: isError ? `${error.name}: ${message}` : message };
}

/** What a value is, in few words. */
function shown(value: unknown): string {
  if (value instanceof Error) return 'an Error';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return isObject(value) ? 'an object' : typeof value === 'string' ? `'${value}'` : String(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
