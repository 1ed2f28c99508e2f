import type { MutantName } from './mutant-protocol';

type Create = (jobs: unknown, queue: Queue) => unknown;

interface Queue {
  create(type: string, data: unknown): { save: unknown };
  createJob(type: string, data: unknown): { save: unknown };
}

/**
 * A learner's 8-job with one thing broken, made around it: whatever its code looks like.
 * @param loaded what the module of the learner exports
 * @returns what the broken module exports, in the same form
 */
export function broken(loaded: unknown, mutant: MutantName): unknown {
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

function wrap(create: Create, mutant: MutantName): Create {
  const wrapped: Create = (jobs, queue) => {
    if (mutant === 'no-throw') return Array.isArray(jobs) ? create(jobs, queue) : undefined;
    if (mutant === 'wrong-text') return withWrongText(() => create(jobs, queue));
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

function withWrongText(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error) error.message = 'The list is of another kind';
    throw error;
  }
}

/** The queue, with a create() that does one thing otherwise. */
function around(queue: Queue, mutant: MutantName): Queue {
  const create = (type: string, data: unknown) => {
    const job = queue.create(
      mutant === 'wrong-queue' ? `${type}_of_somebody_else` : type,
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
