let taker: AbortController | undefined;

/**
 * Does something that Ctrl-C ends by itself, without ending the workbook: a program that is run
 * from the menu, say.
 * @param signal aborted when the workbook ends
 * @param work gets the signal that Ctrl-C aborts, as the workbook's end does
 */
export async function takingInterrupts<T>(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  taker = own;
  try {
    return await work(AbortSignal.any([signal, own.signal]));
  } finally {
    taker = undefined;
  }
}

/** Offers a Ctrl-C to what asked for it. @returns whether anything took it */
export function takeInterrupt(): boolean {
  if (!taker || taker.signal.aborted) return false;
  taker.abort();
  return true;
}
