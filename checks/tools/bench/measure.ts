/** What a ratio must keep to. */
export type Goal = { atMost: number } | { below: number } | { atLeast: number };

/** Both sides of a measure, from one round. */
export interface Pair {
  ours: number;
  /** What it is held against. */
  theirs: number;
}

/** One row of the table: something of ours, held against something else in the same round. */
export interface Measure {
  /** For `--only`. */
  name: string;
  what: string;
  against: string;
  unit: 'ms' | 's' | 'requests/s' | 'a minute' | 'MB' | 'kB' | '×';
  /** None where the row is there to tell why another misses its own. */
  goal?: Goal;
  /** Sampled once, however many rounds there are. */
  once?: boolean;
  /** Before the first round: servers to start, packages to install. */
  open?(): Promise<void>;
  /** @param round from 0 */
  sample(round: number): Promise<Pair>;
  /** After the last round; also where one failed. */
  close?(): Promise<void>;
}

/**
 * Takes one sample of each side, now the one first, now the other: what is warm or busy after one of
 * them then favours neither.
 */
export async function inTurn(
  round: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<Pair> {
  if (round % 2 === 0) return { ours: await ours(), theirs: await theirs() };
  const second = await theirs();
  return { ours: await ours(), theirs: second };
}

export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half) - 1] ?? 0)) / 2;
}

/** Whether a ratio meets its goal. */
export function meets(goal: Goal, ratio: number): boolean {
  if ('atMost' in goal) return ratio <= goal.atMost;
  if ('below' in goal) return ratio < goal.below;
  return ratio >= goal.atLeast;
}

export function goalText(goal: Goal): string {
  if ('atMost' in goal) return `at most ${goal.atMost} ×`;
  if ('below' in goal) return `below ${goal.below} ×`;
  return `at least ${goal.atLeast} ×`;
}
