import type { Session } from '../../engine/session';
import { CommandError, notInteger, overflow } from '../../protocol/command-error';
import {
  addFloats,
  addIntegers,
  isInteger,
  toBigInteger,
  toExtended,
} from '../../protocol/numbers';
import { bulk, type Reply } from '../../protocol/reply';
import { command } from '../command';

const decrementOverflow = () => new CommandError('ERR decrement would overflow');

/** Strings that count. */
export const counters = [
  command('incr', 2, 'write fast', (session, [key]: [string]) => add(session, key, 1n)),
  command('decr', 2, 'write fast', (session, [key]: [string]) => add(session, key, -1n)),
  command('incrby', 3, 'write fast', (session, [key, by]: [string, string]) =>
    add(session, key, toBigInteger(by)),
  ),
  command('decrby', 3, 'write fast', (session, [key, by]: [string, string]) => {
    const amount = toBigInteger(by);
    if (amount === -(2n ** 63n)) throw decrementOverflow();
    return add(session, key, -amount);
  }),
  command('incrbyfloat', 3, 'write fast', ({ db }, [key, by]: [string, string]) => {
    const before = toExtended(db.string(key) ?? '0');
    const sum = addFloats(before, toExtended(by));
    db.putAs('embstr', key, sum, 'incrbyfloat');
    return bulk(sum);
  }),
];

function add({ db }: Session, key: string, amount: bigint): Reply {
  const before = db.string(key) ?? '0';
  if (!isInteger(before)) throw notInteger();
  const sum = addIntegers(before, amount);
  if (sum === undefined) throw overflow();
  db.put(key, sum, 'incrby');
  return `:${sum}\r\n`;
}
