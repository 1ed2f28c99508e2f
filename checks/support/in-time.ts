/**
 * Waits for work that may hang.
 * @param title what an error calls it
 * @param limit milliseconds; the work itself is not stopped
 * @throws an error that names it, when the time is over first
 */
export async function inTime<T>(title: string, limit: number, work: () => Promise<T>): Promise<T> {
  if (limit === Number.POSITIVE_INFINITY) return work();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const text = `“${title}” is not over after ${limit / 1000} s.`;
    timer = setTimeout(() => reject(new Error(text)), limit);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
