import type { MutantName } from './mutants';

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
export function broken(loaded: unknown, breakage: MutantName): unknown {
  if (typeof loaded === 'function') return Object.assign(wrap(loaded as Create, breakage), loaded);
  if (typeof loaded !== 'object' || loaded === null) return loaded;
  const wrapped = Object.entries(loaded).map(([name, value]) => [
    name,
    typeof value === 'function' ? wrap(value as Create, breakage) : value,
  ]);
  return Object.defineProperty(Object.fromEntries(wrapped), '__esModule', {
    value: '__esModule' in loaded,
  });
}

function wrap(create: Create, breakage: MutantName): Create {
  const wrapped: Create = (jobs, queue) => {
    if (breakage === 'no-throw') return Array.isArray(jobs) ? create(jobs, queue) : undefined;
    if (breakage === 'wrong-text') return withWrongText(() => create(jobs, queue));
    if (breakage === 'job-lost' && Array.isArray(jobs)) return create(jobs.slice(0, -1), queue);
    return create(
      jobs,
      typeof queue === 'object' && queue !== null ? around(queue, breakage) : queue,
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
function around(queue: Queue, breakage: MutantName): Queue {
  const create = (type: string, data: unknown) => {
    const job = queue.create(
      breakage === 'wrong-queue' ? `${type}_of_somebody_else` : type,
      breakage === 'wrong-data' ? { phoneNumber: '0', message: 'Something else' } : data,
    );
    if (breakage === 'nothing-saved') job.save = () => job;
    return job;
  };
  return new Proxy(queue, {
    get: (target, name) =>
      name === 'create' || name === 'createJob' ? create : Reflect.get(target, name, target),
  });
}
