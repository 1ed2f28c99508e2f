import pMap from 'p-map';
import { type Callback, suite as plainSuite } from 'uvu';
import { inTime } from './in-time';
import { howToInstall, isInstalled, type Tool } from './installed';

/** How a suite, or one test of it, is run. */
export interface SuiteOptions {
  /** Programs that it needs. Without one of them it is skipped, and the last lines of the run say so. */
  needs?: readonly Tool[];
  /** Milliseconds after which a test has failed. */
  limit?: number;
}

/** A suite of uvu whose tests end in time, and may need programs that are not everywhere. */
export interface Suite {
  (name: string, run: Callback, options?: SuiteOptions): void;
  /**
   * A test a row of a table, each under its own name. Rows run side by side when the first is reached.
   * @param options.width how many rows at once; one after the other without it
   */
  rows<Row>(
    rows: readonly Row[],
    nameOf: (row: Row) => string,
    run: (row: Row) => unknown,
    options?: SuiteOptions & { width?: number },
  ): void;
  /** A test that cannot be tried here, for a reason that no package mends. */
  skip(name: string, reason: string): void;
  before: Hook;
  after: Hook;
  run(): void;
}

interface Hook {
  (run: Callback): void;
  each(run: Callback): void;
}

// What a machine has of it must not decide what a test sees; a test of it says which it means.
process.env.WORKBOOK_ISOLATION ??= 'guard';

const defaultLimit = 60_000;

/** What a line of a test's output begins with that tells the runner what was skipped, and why. */
export const skipMark = 'skipped: ';

/**
 * As uvu's `suite`, with a time-out for each test and tests that may need a program. A CI has all of
 * them: there a test that lacks its program fails.
 */
export function suite(name: string, settings: SuiteOptions = {}): Suite {
  const inner = plainSuite(name);

  const skip = (title: string, reason: string) => {
    console.log(`${skipMark}${reason}`);
    inner.skip(title);
  };

  const add = (title: string, run: Callback, options: SuiteOptions = {}) => {
    const missing = [...(settings.needs ?? []), ...(options.needs ?? [])].find(
      (tool) => !isInstalled(tool),
    );
    if (missing !== undefined && process.env.CI !== 'true') {
      return skip(title, howToInstall(missing));
    }
    const limit = options.limit ?? settings.limit ?? defaultLimit;
    inner(title, (context) => {
      if (missing !== undefined) throw new Error(howToInstall(missing));
      return inTime(title, limit, async () => run(context));
    });
  };

  const rows: Suite['rows'] = (table, nameOf, run, { width = 1, ...options } = {}) => {
    const started = new Map<unknown, PromiseWithResolvers>();
    const limit = options.limit ?? settings.limit ?? defaultLimit;
    const startAll = () => {
      for (const row of table) started.set(row, withResolvers());
      void pMap(
        table,
        async (row) => {
          const own = started.get(row);
          await inTime(nameOf(row), limit, async () => run(row)).then(own?.resolve, own?.reject);
        },
        { concurrency: width },
      );
    };
    for (const row of table) {
      // Its own time counts from when its turn comes, so the wait for it has no limit here.
      add(
        nameOf(row),
        () => {
          if (started.size === 0) startAll();
          return started.get(row)?.promise;
        },
        { ...options, limit: Number.POSITIVE_INFINITY },
      );
    }
  };

  // With all of its tests skipped there is nothing to make ready for.
  const isSkipped = (settings.needs ?? []).some((tool) => !isInstalled(tool));
  const hook = (own: Hook): Hook =>
    Object.assign((run: Callback) => (isSkipped ? undefined : own(run)), { each: own.each });
  return Object.assign(add, {
    rows,
    skip,
    before: hook(inner.before),
    after: hook(inner.after),
    run: () => inner.run(),
  });
}

interface PromiseWithResolvers {
  promise: Promise<void>;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/** A promise that fails later is no unhandled rejection before its test waits for it. */
function withResolvers(): PromiseWithResolvers {
  let resolve = () => {};
  let reject = (_: unknown) => {};
  const promise = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}
