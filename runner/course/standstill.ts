/**
 * Does something again if the workbook was stopped meanwhile and goes on, by Ctrl-Z and `fg`: across
 * that no time limit means anything.
 * @param signal ends the work
 * @param work gets the signal that ends this attempt
 * @throws what the work throws
 */
export async function withoutStandstill<T>(
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  for (;;) {
    const attempt = new AbortController();
    follow(attempt);
    try {
      const result = await work(AbortSignal.any([attempt.signal, ...(signal ? [signal] : [])]));
      if (!attempt.signal.aborted) return result;
    } catch (error) {
      if (!attempt.signal.aborted || signal?.aborted) throw error;
    } finally {
      leave(attempt);
    }
  }
}

const attempts = new Set<AbortController>();

function follow(attempt: AbortController): void {
  if (attempts.size === 0) process.on('SIGCONT', abortAll);
  attempts.add(attempt);
}

function leave(attempt: AbortController): void {
  attempts.delete(attempt);
  if (attempts.size === 0) process.off('SIGCONT', abortAll);
}

function abortAll(): void {
  for (const attempt of attempts) attempt.abort(new Error('the workbook stood still'));
}
