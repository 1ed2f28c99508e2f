import { randomInt } from 'node:crypto';
import { CommandError } from '../protocol/command-error';
import type { Walkable } from './names';

/** As many picks with repeats as one reply may hold. */
const MAX_PICKS = 1_000_000;

/** Picks one name at random; undefined where there is none. */
export function pickOne(names: Walkable): string | undefined {
  return names.size === 0 ? undefined : names.at(randomInt(names.size));
}

/**
 * Picks at random, in a time that grows with what is picked and not with what there is.
 * @param count up to so many different names; negative: exactly so many, with repeats
 * @param inOrder all of the names as they come where all are wanted
 * @throws CommandError for too many
 */
export function pick(names: Walkable, count: number, inOrder: () => Iterable<string>): string[] {
  if (count < -MAX_PICKS) throw new CommandError('ERR value is out of range');
  if (names.size === 0) return [];
  if (count >= names.size) return [...inOrder()];
  const places = count < 0 ? repeated(names.size, -count) : different(names.size, count);
  return places.flatMap((place) => names.at(place) ?? []);
}

function repeated(size: number, count: number): number[] {
  return Array.from({ length: count }, () => randomInt(size));
}

/** The beginning of all places in a random order, of which only those that have moved are kept. */
function different(size: number, count: number): number[] {
  const moved = new Map<number, number>();
  return Array.from({ length: count }, (_, at) => {
    const other = at + randomInt(size - at);
    const chosen = moved.get(other) ?? other;
    moved.set(other, moved.get(at) ?? at);
    return chosen;
  });
}
