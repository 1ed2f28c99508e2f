import { CommandError } from '../../protocol/command-error';
import { isInteger } from '../../protocol/numbers';
import { array, bulk, bulks, type Reply } from '../../protocol/reply';
import { formatId, MAX_HALF, MAX_ID, makeId, type StreamId, ZERO_ID } from '../../store/stream/id';
import type { StreamEntry } from '../../store/stream/node';

/** Characters that an id may have. */
const MAX_LENGTH = 127;

export const badId = () =>
  new CommandError('ERR Invalid stream ID specified as stream command argument');

/**
 * An id as a client gives it: `5-1`, or `5` alone.
 * @param missing the number of an id without one
 * @throws CommandError
 */
export function toId(text: string, missing = 0n): StreamId {
  const { ms, number } = toHalves(text);
  if (number === '*') throw badId();
  return makeId(ms, number ?? missing);
}

/**
 * The same; `*` in place of the number leaves it open.
 * @throws CommandError
 */
export function toHalves(given: string): { ms: bigint; number: bigint | '*' | undefined } {
  if (given.length > MAX_LENGTH) throw badId();
  const [text = ''] = given.split('\0', 1);
  const dash = text.indexOf('-');
  const ms = toUnsigned(dash < 0 ? text : text.slice(0, dash));
  if (dash < 0) return { ms, number: undefined };
  const rest = text.slice(dash + 1);
  return { ms, number: rest === '*' ? '*' : toUnsigned(rest) };
}

/** An id, or `-` for the lowest and `+` for the highest. @throws CommandError */
export function toBound(text: string, missing = 0n): StreamId {
  if (text === '-') return ZERO_ID;
  if (text === '+') return MAX_ID;
  return toId(text, missing);
}

/** Where a range begins, `(` before it where the id itself stays out. @throws CommandError */
export function toStart(text: string): StreamId {
  if (!isExclusive(text)) return toBound(text);
  const id = toId(text.slice(1));
  if (id === MAX_ID) throw new CommandError('ERR invalid start ID for the interval');
  return id + 1n;
}

/** Where a range ends. @throws CommandError */
export function toEnd(text: string): StreamId {
  if (!isExclusive(text)) return toBound(text, MAX_HALF);
  const id = toId(text.slice(1), MAX_HALF);
  if (id === ZERO_ID) throw new CommandError('ERR invalid end ID for the interval');
  return id - 1n;
}

/** An entry as its id and its fields with their values. */
export function entryReply({ id, fields }: StreamEntry): Reply {
  return array([bulk(formatId(id)), bulks(fields)]);
}

function isExclusive(text: string): boolean {
  return text.length > 1 && text.startsWith('(');
}

/** As Redis reads it by C's strtoull: spaces, a sign and zeros may stand in front. */
function toUnsigned(text: string): bigint {
  const [, sign, digits] = /^[ \t\n\v\f\r]*([+-]?)(\d+)$/.exec(text) ?? [];
  const value = BigInt(digits ?? -1);
  if (value < 0n || value > MAX_HALF || (sign === '-' && isInteger(text))) throw badId();
  return sign === '-' ? BigInt.asUintN(64, -value) : value;
}
