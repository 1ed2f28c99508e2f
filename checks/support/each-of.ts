/**
 * Works on items side by side.
 * @param width how many at once
 * @throws the first error, when the items under way have ended
 */
export async function eachOf<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: width }, worker));
  const broken = ended.find((one) => one.status === 'rejected');
  if (broken?.status === 'rejected') throw broken.reason;
}
