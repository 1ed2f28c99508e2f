/** How far a program may go. */
export interface Limits {
  /** Milliseconds from its start to its end. */
  time: number;
  /** Milliseconds of processor time without answering the runner once: see {@link Pulse}. */
  busy: number;
  /** Bytes printed, on both streams together. */
  output: number;
  /** Lines printed: a loop that prints short ones reaches this long before so many bytes. */
  lines: number;
  /** Bytes of memory: the JavaScript heap, and twice as much resident in all. */
  memory: number;
  /** Commands sent to Redis. */
  commands: number;
}

/** Far above what any task needs, near enough that a runaway ends soon. */
export const defaultLimits: Limits = {
  time: 30_000,
  busy: 5_000,
  output: 1024 * 1024,
  lines: 10_000,
  memory: 256 * 1024 * 1024,
  commands: 500_000,
};
