import type { Variant } from './mutant-protocol';

interface Job {
  remove?: () => Promise<unknown>;
}

interface Entry {
  name: string;
  data: unknown;
}

interface Queue {
  addBulk(entries: Entry[]): unknown;
}

interface Redis {
  set(...words: unknown[]): Promise<unknown>;
  persist(key: string): Promise<unknown>;
}

type Create = (jobs: unknown, queue: Queue) => unknown;
type Ask = (phoneNumber: unknown, redis: Redis) => unknown;

const refusal = 'Jobs is not an array';

/**
 * A learner's today-job with one thing broken, or mended, made around it: whatever its code looks like.
 * @param loaded what the module of the learner exports
 * @returns what the broken module exports, in the same form
 */
export function broken(loaded: unknown, variant: Variant): unknown {
  if (typeof loaded !== 'object' || loaded === null) return loaded;
  const wrapped = Object.entries(loaded).map(([name, value]) => {
    if (name === 'createPushNotificationsJobs') return [name, wrapCreate(value, variant)];
    if (name === 'mayNotify') return [name, wrapAsk(value, variant)];
    return [name, name === 'default' ? broken(value, variant) : value];
  });
  return Object.defineProperty(Object.fromEntries(wrapped), '__esModule', {
    value: '__esModule' in loaded,
  });
}

function wrapCreate(create: Create, variant: Variant): Create {
  return async (jobs, queue) => {
    if (!Array.isArray(jobs)) {
      if (variant === 'no-refusal') return [];
      if (variant === 'mended') throw new Error(refusal);
      if (variant === 'wrong-text') throw new Error('The list is of another kind');
      return create(jobs, queue);
    }
    const added = await create(jobs, around(queue, variant));
    if (variant === 'job-lost' && Array.isArray(added)) {
      const last: Job | undefined = added.at(-1);
      await last?.remove?.();
    }
    return added;
  };
}

/** The queue, with an addBulk() that does one thing otherwise. */
function around(queue: Queue, variant: Variant): Queue {
  if (typeof queue !== 'object' || queue === null) return queue;
  const entry = ({ name, data, ...rest }: Entry): Entry => ({
    ...rest,
    name:
      variant === 'mended'
        ? 'push_notification'
        : variant === 'wrong-name'
          ? 'something_else'
          : name,
    data: variant === 'wrong-data' ? { phoneNumber: '0', message: 'Something else' } : data,
  });
  return new Proxy(queue, {
    get: (target, name) =>
      name === 'addBulk'
        ? (entries: Entry[]) => target.addBulk(entries.map(entry))
        : Reflect.get(target, name, target),
  });
}

function wrapAsk(ask: Ask, variant: Variant): Ask {
  return async (phoneNumber, redis) => {
    const key = `notified:${phoneNumber}`;
    if (variant === 'mended') return (await redis.set(key, '1', 'EX', 3600, 'NX')) === 'OK';
    const answer = await ask(variant === 'one-for-all' ? '4150000000' : phoneNumber, redis);
    if (variant === 'stays-for-ever') await redis.persist(key);
    return variant === 'always-true' ? true : answer;
  };
}
