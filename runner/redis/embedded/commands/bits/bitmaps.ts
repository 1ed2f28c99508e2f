import type { Session } from '../../engine/session';
import { CommandError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { flag, integer, type Reply } from '../../protocol/reply';
import { command } from '../command';
import { combine } from './bit-operations';
import { byteOf, maskOf, toBitPlace, toBitToWrite } from './bit-places';
import { bitCount, bitPosition } from './bit-search';

/** Strings as rows of bits; fields of several bits are in bitfield.ts. */
export const bitmaps = [
  command('setbit', 4, 'write', setBit),
  command('getbit', 3, 'readonly fast', ({ db }, [key, offset]: [string, string]) => {
    const place = toBitPlace(offset);
    return flag(((db.bytes(key)?.at(byteOf(place)) ?? 0) & maskOf(place)) !== 0);
  }),
  command('bitcount', -2, 'readonly', bitCount),
  command('bitpos', -3, 'readonly', bitPosition),
  command('bitop', -4, 'write', combine),
];

function setBit({ db }: Session, [key, offset, value]: [string, string, string]): Reply {
  const place = toBitToWrite(offset);
  const unfit = () => new CommandError('ERR bit is not an integer or out of range');
  const bit = toInteger(value, unfit);
  if (bit !== 0 && bit !== 1) throw unfit();
  const created = !db.holds(key);
  const bytes = db.bytesToChange(key);
  const grown = bytes.length;
  bytes.grow(byteOf(place) + 1);
  const before = bytes.at(byteOf(place));
  const was = (before & maskOf(place)) !== 0;
  if (was !== (bit === 1)) bytes.set(byteOf(place), before ^ maskOf(place));
  // A bit that is as it was before is no change, for those who WATCH the key.
  if (created || bytes.length > grown || was !== (bit === 1)) db.touch(key, 'setbit');
  return integer(was ? 1 : 0);
}
