/**
 * Does the same work for several items, a few at a time, and yields the results in the items'
 * order as soon as each one and all before it are there. When one fails, or the caller stops
 * early, the others are told to stop and are waited for.
 * @param limit how many run at once, at least 1
 * @throws what the work throws; the signal's reason once that is aborted
 */
export async function* sideBySide<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<Result> {
  const stop = new AbortController();
  const both = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const waiting = items.map((item) => ({ item, ...deferred<Result>() }));
  for (const { promise } of waiting) promise.catch(() => {});
  const queue = [...waiting];
  const workers = Array.from({ length: Math.max(1, limit) }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      try {
        both.throwIfAborted();
        next.resolve(await work(next.item, both));
      } catch (error) {
        next.reject(error);
      }
    }
  });
  try {
    for (const { promise } of waiting) yield await promise;
  } finally {
    stop.abort();
    await Promise.all(workers);
  }
}

/** What Promise.withResolvers is from Node 22 on. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
