import type { Variant } from './mutant-protocol';

type Create = (jobs: unknown, queue: Queue) => unknown;

interface Queue {
  create(type: string, data: unknown): { save: unknown };
  createJob(type: string, data: unknown): { save: unknown };
}

/**
 * A learner's 8-job with one thing broken, or mended, made around it: whatever its code looks like.
 * @param loaded what the module of the learner exports
 * @returns what the broken module exports, in the same form
 */
export function broken(loaded: unknown, mutant: Variant): unknown {
  if (typeof loaded === 'function') return Object.assign(wrap(loaded as Create, mutant), loaded);
  if (typeof loaded !== 'object' || loaded === null) return loaded;
  const wrapped = Object.entries(loaded).map(([name, value]) => [
    name,
    typeof value === 'function' ? wrap(value as Create, mutant) : value,
  ]);
  return Object.defineProperty(Object.fromEntries(wrapped), '__esModule', {
    value: '__esModule' in loaded,
  });
}

function wrap(create: Create, mutant: Variant): Create {
  const wrapped: Create = (jobs, queue) => {
    if (mutant === 'no-throw') return Array.isArray(jobs) ? create(jobs, queue) : undefined;
    if (mutant === 'wrong-text') {
      return withText('The list is of another kind', () => create(jobs, queue));
    }
    if (mutant === 'mended' && !Array.isArray(jobs)) {
      return withText('Jobs is not an array', () => create(jobs, queue));
    }
    if (mutant === 'job-lost' && Array.isArray(jobs)) return create(jobs.slice(0, -1), queue);
    return create(
      jobs,
      typeof queue === 'object' && queue !== null ? around(queue, mutant) : queue,
    );
  };
  // What can be seen without a call is as it was.
  return Object.defineProperties(wrapped, {
    name: { value: create.name },
    length: { value: create.length },
  });
}

function withText(text: string, work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error) error.message = text;
    throw error;
  }
}

const types: Partial<Record<Variant, (type: string) => string>> = {
  'wrong-queue': (type) => `${type}_of_somebody_else`,
  mended: () => 'push_notification_code_3',
};

/** The queue, with a create() that does one thing otherwise. */
function around(queue: Queue, mutant: Variant): Queue {
  const create = (type: string, data: unknown) => {
    const job = queue.create(
      types[mutant]?.(type) ?? type,
      mutant === 'wrong-data' ? { phoneNumber: '0', message: 'Something else' } : data,
    );
    if (mutant === 'nothing-saved') job.save = () => job;
    return job;
  };
  return new Proxy(queue, {
    get: (target, name) =>
      name === 'create' || name === 'createJob' ? create : Reflect.get(target, name, target),
  });
}
