import { CommandError } from '../protocol/command-error';
import { toBigInteger } from '../protocol/numbers';

const MOST = 2n ** 63n - 1n;

/**
 * How many a command picks at random; a negative number allows repeats.
 * @throws CommandError
 */
export function toPickCount(text: string): number {
  const count = toBigInteger(text);
  if (count >= -MOST) return Number(count);
  throw new CommandError(`ERR value is out of range, value must between ${-MOST} and ${MOST}`);
}

/** Twice the number must fit as well where each comes with its value. @throws CommandError */
export function refuseTwice(text: string): void {
  const count = toBigInteger(text);
  if (count < -MOST / 2n || count > MOST / 2n) throw new CommandError('ERR value is out of range');
}
