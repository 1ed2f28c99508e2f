/** What was asked for cannot be done as it was asked: told as one sentence, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageFault';
  /** @param next what to do about it, a sentence; may be empty */
  constructor(
    message: string,
    readonly next = '',
  ) {
    super(message);
  }
}
