import type { Row } from './run-log';

/** Whether a line is about what is followed; without anything followed each is. */
export function isFollowed({ about }: Row, followed: string | undefined): boolean {
  return followed === undefined || about.includes(followed);
}

/**
 * The next line from one on, among those that are followed.
 * @param from its place; -1 before the first
 * @param by 1 forwards, -1 back
 * @returns its place; undefined if there is none
 */
export function stepFrom(
  rows: readonly Row[],
  from: number,
  by: 1 | -1,
  followed: string | undefined,
): number | undefined {
  for (let at = from + by; at >= 0 && at < rows.length; at += by) {
    const row = rows[at];
    if (row && isFollowed(row, followed)) return at;
  }
  return undefined;
}
