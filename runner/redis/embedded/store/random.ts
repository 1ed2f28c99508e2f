import { randomInt } from 'node:crypto';
import { CommandError } from '../protocol/command-error';

/** As many picks with repeats as one reply may hold. */
const MAX_PICKS = 1_000_000;

/**
 * Picks at random.
 * @param count up to so many different items; negative: exactly so many, with repeats
 * @throws CommandError for too many
 */
export function pick<Item>(items: readonly Item[], count: number): Item[] {
  if (count < -MAX_PICKS) throw new CommandError('ERR value is out of range');
  if (items.length === 0) return [];
  if (count < 0) {
    const chosen: Item[] = [];
    for (let made = 0; made < -count; made += 1) {
      const item = items[randomInt(items.length)];
      if (item !== undefined) chosen.push(item);
    }
    return chosen;
  }
  if (count >= items.length) return [...items];
  const pool = [...items];
  for (let at = 0; at < count; at += 1) {
    const other = at + randomInt(pool.length - at);
    [pool[at], pool[other]] = [pool[other] as Item, pool[at] as Item];
  }
  return pool.slice(0, count);
}
