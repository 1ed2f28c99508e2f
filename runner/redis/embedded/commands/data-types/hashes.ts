import type { Session } from '../../engine/session';
import { CommandError, overflow, syntaxError, wrongArity } from '../../protocol/command-error';
import {
  addFloats,
  addIntegers,
  isInteger,
  toBigInteger,
  toExtended,
} from '../../protocol/numbers';
import { bulk, bulks, EMPTY_ARRAY, flag, integer, OK, type Reply } from '../../protocol/reply';
import { pick, pickOne } from '../../store/random';
import { command } from '../command';
import { refuseTwice, toPickCount } from '../pick-count';
import { scanReply } from '../scan';

type Key = [key: string];
type Field = [key: string, field: string];
type Fields = [key: string, ...fields: string[]];

/** Commands on hashes. Fields come in the order in which they were first set. */
export const hashes = [
  command('hset', -4, 'write fast', (session, args: Fields) =>
    integer(setFields(session, args, 'hset')),
  ),
  command('hmset', -4, 'write fast', (session, args: Fields) => {
    setFields(session, args, 'hmset');
    return OK;
  }),
  command('hsetnx', 4, 'write fast', ({ db }, [key, field, value]: Fields) => {
    if (db.hash(key)?.has(field ?? '')) return flag(false);
    const hash = db.hashToFill(key).set(field ?? '', value ?? '');
    db.changed(key, hash.size, 'hset');
    return flag(true);
  }),
  command('hget', 3, 'readonly fast', ({ db, resp }, [key, field]: Field) =>
    resp.bulkOrNil(db.hash(key)?.get(field)),
  ),
  command('hmget', -3, 'readonly fast', ({ db, resp }, [key, ...fields]: Fields) => {
    const hash = db.hash(key);
    return resp.bulksOrNil(fields.map((field) => hash?.get(field)));
  }),
  command('hgetall', 2, 'readonly', ({ db, resp }, [key]: Key) =>
    resp.map(withValues(db.hash(key) ?? [])),
  ),
  command('hkeys', 2, 'readonly', ({ db }, [key]: Key) => bulks(db.hash(key)?.keys() ?? [])),
  command('hvals', 2, 'readonly', ({ db }, [key]: Key) => bulks(db.hash(key)?.values() ?? [])),
  command('hlen', 2, 'readonly fast', ({ db }, [key]: Key) => integer(db.hash(key)?.size ?? 0)),
  command('hexists', 3, 'readonly fast', ({ db }, [key, field]: Field) =>
    flag(db.hash(key)?.has(field) ?? false),
  ),
  command('hstrlen', 3, 'readonly fast', ({ db }, [key, field]: Field) =>
    integer(db.hash(key)?.get(field)?.length ?? 0),
  ),
  command('hdel', -3, 'write fast', ({ db }, [key, ...fields]: Fields) => {
    const hash = db.hash(key);
    const gone = fields.filter((field) => hash?.delete(field)).length;
    if (hash && gone > 0) db.changed(key, hash.size, 'hdel');
    return integer(gone);
  }),
  command('hincrby', 4, 'write fast', increment),
  command('hincrbyfloat', 4, 'write fast', incrementFloat),
  command('hrandfield', -2, 'readonly', randomField),
  command('hscan', -3, 'readonly', ({ db }, [key, ...words]: Fields) =>
    scanReply(words, () => {
      const hash = db.hash(key);
      return {
        names: hash?.names,
        whole: hash && hash.size <= 128 ? hash.keys() : undefined,
        parts: (field) => [field, hash?.get(field) ?? ''],
      };
    }),
  ),
];

function setFields({ db }: Session, [key, ...args]: Fields, name: string): number {
  if (args.length % 2 !== 0) throw wrongArity(name);
  const hash = db.hashToFill(key);
  const before = hash.size;
  for (let at = 0; at < args.length; at += 2) hash.set(args[at] ?? '', args[at + 1] ?? '');
  db.changed(key, hash.size, 'hset');
  return hash.size - before;
}

function increment({ db }: Session, [key, field, by]: [string, string, string]): Reply {
  const amount = toBigInteger(by);
  const before = db.hash(key)?.get(field) ?? '0';
  if (!isInteger(before)) throw new CommandError('ERR hash value is not an integer');
  const sum = addIntegers(before, amount);
  if (sum === undefined) throw overflow();
  const hash = db.hashToFill(key).set(field, sum);
  db.changed(key, hash.size, 'hincrby');
  return `:${sum}\r\n`;
}

function incrementFloat({ db }: Session, [key, field, by]: [string, string, string]): Reply {
  const amount = toExtended(by);
  if (amount.endsWith('Infinity')) throw new CommandError('ERR value is NaN or Infinity');
  const unfit = () => new CommandError('ERR hash value is not a float');
  const sum = addFloats(toExtended(db.hash(key)?.get(field) ?? '0', unfit), amount);
  const hash = db.hashToFill(key).set(field, sum);
  db.changed(key, hash.size, 'hincrbyfloat');
  return bulk(sum);
}

function randomField({ db, resp }: Session, [key, count, ...words]: [string, ...string[]]): Reply {
  const number = count === undefined ? undefined : toPickCount(count);
  const [option] = words;
  if (words.length > 1 || (option !== undefined && option.toLowerCase() !== 'withvalues'))
    throw syntaxError();
  if (count !== undefined && option !== undefined) refuseTwice(count);
  const hash = db.hash(key);
  if (number === undefined) return resp.bulkOrNil(hash && pickOne(hash.names));
  if (!hash) return EMPTY_ARRAY;
  const chosen = pick(hash.names, number, () => hash.keys());
  if (!option) return bulks(chosen);
  return resp.pairs(chosen.map((name) => [bulk(name), bulk(hash.get(name) ?? '')]));
}

/** Fields and values as replies. */
function withValues(fields: Iterable<[field: string, value: string]>) {
  return Array.from(fields, ([field, value]) => [bulk(field), bulk(value)] as const);
}
