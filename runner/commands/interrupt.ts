let taker: AbortController | undefined;
/** Whether what takes Ctrl-C takes the other ways to end the workbook as well. */
let takesAny = false;

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

/**
 * As {@link takingInterrupts}, for what TERM and a closed terminal are to end in its own time as well: it
 * finishes what it has in hand. The next signal ends the workbook.
 */
export async function takingEnds<T>(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  takesAny = true;
  try {
    return await takingInterrupts(signal, work);
  } finally {
    takesAny = false;
  }
}

/** Offers a Ctrl-C, or another signal, to what asked for it. @returns whether anything took it */
export function takeInterrupt(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' = 'SIGINT'): boolean {
  if (!taker || taker.signal.aborted) return false;
  if (signal !== 'SIGINT' && !takesAny) return false;
  taker.abort();
  return true;
}
