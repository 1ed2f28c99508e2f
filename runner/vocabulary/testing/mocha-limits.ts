/*
 * When a test on Mocha has taken too long: when it waits and nothing goes on any more, or when four times its
 * limit is over. By the clock alone a verdict would depend on how busy the machine is.
 */

/** Mocha's own limit for a test or a hook that sets none, in milliseconds. */
const usual = 2_000;

/** The limit that Mocha is to be given in its place, in milliseconds. */
export const generous = 4 * usual;

/** The part of Mocha that runs what is loaded. */
export interface MochaRunner {
  /** The test or hook that runs now, or the last one. */
  currentRunnable?: Runnable;
  /** Leaves out the tests that are still to come. */
  abort(): unknown;
  on(event: 'end', tell: () => void): unknown;
}

/** A test or a hook of Mocha. */
interface Runnable {
  /** Its limit in milliseconds, 0 for none. */
  timeout(): number;
  /** Sets the limit, and lets it begin anew. */
  timeout(limit: number): this;
  timer?: NodeJS.Timeout;
  resetTimeout(): void;
  _timeoutError(limit: number): Error;
}

/**
 * Keeps Mocha's clock from counting as something that goes on, and lets a test that waits fail when SIGTERM comes,
 * or when nothing is left that could go on. Its message names the limit that Mocha itself has.
 * @param prototype of Mocha's class Runnable, which is changed
 * @returns what is to be called with the run when it begins; SIGTERM ends a process without one
 */
export function limitByRest(prototype: Runnable): (runner: MochaRunner) => void {
  const { resetTimeout, _timeoutError: timeoutError } = prototype;
  const limits = new WeakMap<Runnable, number>();
  let running: MochaRunner | undefined;
  let isOver = false;
  prototype.resetTimeout = function () {
    // Hooks behind a test that waited have no more than anywhere.
    if (isOver && this.timeout() === generous) this.timeout(usual);
    resetTimeout.call(this);
    if (!isOver && this.timeout() > 0) this.timer?.unref();
  };
  prototype._timeoutError = function (limit) {
    return timeoutError.call(this, limits.get(this) ?? named(limit));
  };

  /** @returns whether one waited that has a limit */
  const endWaiting = (): boolean => {
    const waiting = running?.currentRunnable;
    if (!running || !waiting || waiting.timeout() === 0) return false;
    isOver = true;
    running.abort();
    limits.set(waiting, named(waiting.timeout()));
    waiting.timeout(1);
    return true;
  };
  process.on('SIGTERM', () => {
    if (!endWaiting()) process.exit();
  });
  process.on('beforeExit', endWaiting);
  return (runner) => {
    running = runner;
    runner.on('end', () => {
      running = undefined;
    });
  };
}

function named(limit: number): number {
  return limit === generous ? usual : limit;
}
