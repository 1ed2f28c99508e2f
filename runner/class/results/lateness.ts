import type { ClassRecord } from '../class-record';

/** How late something was handed in. */
export interface Lateness {
  /** Minutes after the date, grace included; more than the grace. */
  minutes: number;
  /** What it loses, from 0 to 100. */
  percent: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * What a late submission loses: so many percent for each day that has begun after the date and the grace.
 * @param at when it was handed in, an ISO date
 * @param due by when it had to be, with an extension if there was one
 * @returns nothing for what is in time, or has no date
 */
export function lateness(
  at: string | undefined,
  due: string | undefined,
  { graceMinutes, percentADay }: NonNullable<ClassRecord['lateness']> = noRule,
): Lateness | undefined {
  if (at === undefined || due === undefined) return undefined;
  const after = Date.parse(at) - Date.parse(due);
  const counted = after - graceMinutes * minute;
  if (counted <= 0) return undefined;
  const percent = Math.min(100, Math.ceil(counted / day) * percentADay);
  return { minutes: Math.round(after / minute), percent };
}

const noRule = { graceMinutes: 0, percentADay: 0 };
