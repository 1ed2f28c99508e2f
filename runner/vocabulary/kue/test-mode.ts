import { createRequire } from 'node:module';

/** What tests did with kue's test mode, and how they left it behind. */
export interface TestModeReport {
  /** For each call of testMode.enter(): whether jobs were to be processed. */
  entered: boolean[];
  /** Calls of testMode.clear(). */
  cleared: number;
  /** Jobs in testMode.jobs now. */
  jobsLeft: number;
  /** Calls of save() outside test mode: each puts a job into a real queue. */
  savedForReal: number;
  stillInTestMode: boolean;
}

/** The part of kue 0.11 that is watched. */
interface Kue {
  prototype: {
    testMode: { jobs: unknown[]; enter(processes?: boolean): void; clear(): void; exit(): void };
  };
  Job: { prototype: { save(...args: unknown[]): unknown } };
}

/**
 * Watches the test mode of the kue that a test file finds, so that both speak of one module.
 * @param file the test file, absolute
 * @returns tells what was seen until now: nothing if the file finds no kue
 */
export function watchTestMode(file: string): () => TestModeReport {
  const kue = kueOf(file);
  if (!kue) return unwatchedTestMode;
  const { testMode } = kue.prototype;
  const job = kue.Job.prototype;
  const { save } = job;
  const { enter, clear, exit } = testMode;
  const entered: boolean[] = [];
  let cleared = 0;
  let savedForReal = 0;

  /** Stands in for save() wherever test mode does not. */
  function countedSave(this: unknown, ...args: unknown[]): unknown {
    savedForReal += 1;
    return save.apply(this, args);
  }
  job.save = countedSave;
  testMode.enter = (processes) => {
    // As kue takes it: anything that is not false.
    entered.push(Boolean(processes));
    enter(processes);
  };
  testMode.exit = () => {
    exit();
    job.save = countedSave;
  };
  testMode.clear = () => {
    cleared += 1;
    clear();
  };
  return () => ({
    entered,
    cleared,
    jobsLeft: testMode.jobs.length,
    savedForReal,
    stillInTestMode: job.save !== countedSave,
  });
}

/** What is told of a test mode that nobody entered or saw. */
export function unwatchedTestMode(): TestModeReport {
  return { entered: [], cleared: 0, jobsLeft: 0, savedForReal: 0, stillInTestMode: false };
}

/** kue as a file finds it; undefined if there is none for it. */
function kueOf(file: string): Kue | undefined {
  const load = createRequire(file);
  try {
    load.resolve('kue');
  } catch {
    return undefined;
  }
  return load('kue') as Kue;
}
