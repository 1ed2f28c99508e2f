import { createRequire } from 'node:module';
import type { Job } from 'kue';
import type { Tell } from '#grading';
import type { Acceptance, ModuleReport, Refusal } from './module-probe-protocol';

/*
 * The program that calls a learner's createPushNotificationsJobs, as 8-job-main of the course does.
 * Arguments: the module, and the jobs as JSON. Without jobs it tells how the function takes what is no
 * array, and the shortest ones.
 */

const [moduleFile = '', list] = process.argv.slice(2);

/** The folder's own kue, if it has one: a job of the workbook's is no job of that. */
let kue: typeof import('kue');

/** The function. */
let create: unknown;

/** What is not an array, in the order in which it is reported. */
const others: [string, unknown][] = [
  ["'Hello'", 'Hello'],
  ['{}', {}],
  ['42', 42],
  ['null', null],
  ['undefined', undefined],
  ['{ length: 1 }', { length: 1 }],
];

/** The shortest of arrays: nothing to refuse. */
const arrays: [string, unknown[]][] = [
  ['[]', []],
  ['[{ … }]', [{ phoneNumber: '5550103', message: 'The only one' }]],
];

export default function probe(tell: Tell): void {
  kue = createRequire(moduleFile)('kue');
  const loaded: unknown = require(moduleFile);
  // What `import create from './8-job.js'` gives.
  create = isModule(loaded) ? loaded.default : loaded;
  if (list !== undefined) {
    call(JSON.parse(list));
    return;
  }
  const refusals =
    typeof create === 'function' ? others.map(([shown, value]) => refusal(shown, value)) : [];
  const named = isModule(loaded) || isObject(loaded) ? Object.keys(loaded) : [];
  const acceptances =
    typeof create === 'function' ? arrays.map(([shown, value]) => acceptance(shown, value)) : [];
  const name = typeof create === 'function' ? create.name : '';
  const report: ModuleReport = { exported: typeof create, name, named, refusals, acceptances };
  tell(report);
  process.exit(0);
}

function call(jobs: unknown, queue: unknown = kue.createQueue()): unknown {
  return (create as (jobs: unknown, queue: unknown) => unknown)(jobs, queue);
}

function refusal(input: string, value: unknown): Refusal {
  try {
    const returned = call(value);
    if (returned instanceof Promise) returned.catch(() => {});
    const what =
      returned instanceof Error ? 'error' : returned instanceof Promise ? 'promise' : 'other';
    return { input, outcome: 'returned', what };
  } catch (error) {
    return error instanceof Error
      ? { input, outcome: 'threw', message: error.message, raw: String(error), ...stackOf(error) }
      : { input, outcome: 'threw-other', message: String(error) };
  }
}

/** Nothing of it goes to Redis: another run shows whether jobs are saved as they should be. */
function acceptance(input: string, value: readonly unknown[]): Acceptance {
  let saved = 0;
  kue.Job.prototype.save = function save(this: Job) {
    saved += 1;
    return this;
  };
  // kue keeps one queue a process: only this one shows how the function came by it.
  let asked = false;
  const queue = new Proxy(kue.createQueue(), {
    get: (target, name) => {
      asked = true;
      return Reflect.get(target, name, target);
    },
  });
  const given = [...value];
  const led = (threw?: Pick<Acceptance, 'threw' | 'raw' | 'stack' | 'swapped'>): Acceptance => ({
    input,
    jobs: value.length,
    saved,
    asked,
    left: given.length,
    ...threw,
  });
  try {
    call(given, queue);
    return led();
  } catch (error) {
    const threw = error instanceof Error ? error.message : String(error);
    const raw = String(error);
    return led({ threw, raw, ...stackOf(error), swapped: takesSwapped(value) });
  }
}

function stackOf(error: unknown): { stack?: string } {
  return error instanceof Error && error.stack !== undefined ? { stack: error.stack } : {};
}

function takesSwapped(value: readonly unknown[]): boolean {
  try {
    call(kue.createQueue(), [...value]);
    return true;
  } catch {
    return false;
  }
}

function isModule(value: unknown): value is { default: unknown } {
  return isObject(value) && '__esModule' in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
