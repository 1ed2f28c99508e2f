import { CommandError } from '../protocol/command-error';
import { toBigInteger } from '../protocol/numbers';

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);

/**
 * The moment that a time given with a unit means.
 * @param unit `ex` s from now, `px` ms from now, `exat` s and `pxat` ms since 1970
 * @param name the command, for the error
 * @returns ms since 1970
 * @throws CommandError for what is no integer or leaves 64 bits
 */
export function deadline(unit: string, text: string, name: string): number {
  const given = toBigInteger(text);
  if (given < MIN / (unit.startsWith('e') ? 1000n : 1n)) throw invalidTime(name);
  const ms = unit.startsWith('e') ? given * 1000n : given;
  const at = unit.endsWith('at') ? ms : ms + BigInt(Date.now());
  if (at > MAX || ms > MAX) throw invalidTime(name);
  return Number(at);
}

/** {@link deadline} for SET and its like, which take no time of 0 or below. */
export function setUntil(unit: string, text: string, name: string): number {
  if (toBigInteger(text) <= 0n) throw invalidTime(name);
  return deadline(unit, text, name);
}

function invalidTime(name: string): CommandError {
  return new CommandError(`ERR invalid expire time in '${name}' command`);
}
