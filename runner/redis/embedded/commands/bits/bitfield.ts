import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { isInteger, toBigInteger } from '../../protocol/numbers';
import { array, integer, type Reply } from '../../protocol/reply';
import type { Bytes, OpenString } from '../../store/open-string';
import { command } from '../command';
import { byteOf, maskOf, toBitPlace, toBitToWrite } from './bit-places';

/** Integers of any width in a string of bits. */
export const bitfield = [
  command('bitfield', -2, 'write', (session, args: Args) => run(session, args, false)),
  command('bitfield_ro', -2, 'readonly fast', (session, args: Args) => run(session, args, true)),
];

type Args = [key: string, ...words: string[]];
type Overflow = 'wrap' | 'sat' | 'fail';

interface Field {
  readonly signed: boolean;
  /** 1 to 64 bits. */
  readonly width: number;
  /** Of its first bit. */
  readonly place: number;
}

interface Step {
  readonly name: 'get' | 'set' | 'incrby';
  readonly field: Field;
  readonly value: bigint;
  readonly overflow: Overflow;
}

function run({ db, resp }: Session, [key, ...words]: Args, reading: boolean): Reply {
  const steps = parse(words);
  const written = steps.filter(({ name }) => name !== 'get');
  if (written.length === 0) {
    const bytes = db.bytes(key);
    return array(steps.map(({ field }) => integer(bytes ? read(bytes, field) : 0n)));
  }
  if (reading) throw new CommandError('ERR BITFIELD_RO only supports the GET subcommand');
  const created = !db.holds(key);
  const bytes = db.bytesToChange(key);
  const before = bytes.length;
  const ends = written.map(({ field }) => byteOf(field.place + field.width - 1) + 1);
  bytes.grow(Math.max(...ends));
  let changed = false;
  const replies = steps.map((step) => {
    const old = read(bytes, step.field);
    if (step.name === 'get') return integer(old);
    const fresh = bounded(step, step.name === 'set' ? step.value : old + step.value);
    if (fresh === undefined) return resp.nil;
    write(bytes, step.field, fresh);
    changed ||= created || bytes.length > before || fresh !== old;
    return integer(step.name === 'set' ? old : fresh);
  });
  if (changed) db.touch(key, 'setbit');
  return array(replies);
}

function parse(words: readonly string[]): Step[] {
  const steps: Step[] = [];
  let overflow: Overflow = 'wrap';
  for (let at = 0; at < words.length; ) {
    const name = (words[at] ?? '').toLowerCase();
    const [first, second, third] = words.slice(at + 1, at + 4);
    if (name === 'overflow' && first !== undefined) {
      overflow = toOverflow(first);
      at += 2;
      continue;
    }
    const writes = name === 'set' || name === 'incrby';
    if (!(name === 'get' || writes) || first === undefined || second === undefined) {
      throw syntaxError();
    }
    if (writes && third === undefined) throw syntaxError();
    const [signed, width] = toFieldType(first);
    const place = writes ? toBitToWrite(second, width) : toBitPlace(second, width);
    const field = { signed, width, place };
    const given = writes ? toBigInteger(third ?? '') : 0n;
    // An unsigned field is set to the 64 bits of the number: -1 is the largest.
    const value = name === 'set' && !signed ? BigInt.asUintN(64, given) : given;
    steps.push({ name, field, value, overflow });
    at += writes ? 4 : 3;
  }
  return steps;
}

function toOverflow(word: string): Overflow {
  const overflow = word.toLowerCase();
  if (overflow === 'wrap' || overflow === 'sat' || overflow === 'fail') return overflow;
  throw new CommandError('ERR Invalid OVERFLOW type specified');
}

function toFieldType(text: string): [signed: boolean, width: number] {
  const signed = text.startsWith('i');
  const digits = text.slice(1);
  const width = isInteger(digits) ? Number(digits) : 0;
  if ((!signed && !text.startsWith('u')) || width < 1 || width > (signed ? 64 : 63)) {
    throw new CommandError(
      'ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.',
    );
  }
  return [signed, width];
}

/** What becomes of a value that is too large or too small; undefined where it is to be left. */
function bounded({ name, field, overflow }: Step, value: bigint): bigint | undefined {
  const { signed, width } = field;
  const wrapped = signed ? BigInt.asIntN(width, value) : BigInt.asUintN(width, value);
  if (wrapped === value || overflow === 'wrap') return wrapped;
  if (overflow === 'fail') return undefined;
  const most = (1n << BigInt(signed ? width - 1 : width)) - 1n;
  // Redis reckons the distance in 64 bits: what is set and lies further below is taken for above.
  const isFarBelow = name === 'set' && signed && BigInt.asIntN(64, most - value) < 0n;
  if (value > most || isFarBelow) return most;
  return signed ? -most - 1n : 0n;
}

function read(bytes: Bytes, { signed, width, place }: Field): bigint {
  let value = 0n;
  for (let at = place; at < place + width; at += 1) {
    value = (value << 1n) | ((bytes.at(byteOf(at)) & maskOf(at)) === 0 ? 0n : 1n);
  }
  return signed ? BigInt.asIntN(width, value) : value;
}

function write(bytes: OpenString, { width, place }: Field, value: bigint): void {
  let left = BigInt.asUintN(width, value);
  for (let at = place + width - 1; at >= place; at -= 1) {
    const [byte, mask] = [bytes.at(byteOf(at)), maskOf(at)];
    bytes.set(byteOf(at), (left & 1n) === 0n ? byte & ~mask : byte | mask);
    left >>= 1n;
  }
}
