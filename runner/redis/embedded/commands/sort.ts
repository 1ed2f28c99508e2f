import type { Session } from '../engine/session';
import { CommandError, syntaxError, untilZero, wrongType } from '../protocol/command-error';
import { isOutOfRange, readFloat, toInteger } from '../protocol/numbers';
import { integer, type Reply } from '../protocol/reply';
import type { Keyspace } from '../store/keyspace';
import { ListValue } from '../store/list-value';
import type { Value } from '../store/value';
import { type Command, command } from './command';

type Words = [key: string, ...words: string[]];

/** SORT, and the SORT that only reads. */
export const sort: Command[] = [
  command('sort', -2, 'write', (session, args: Words) => run(session, args, true)),
  command('sort_ro', -2, 'readonly', (session, args: Words) => run(session, args, false)),
];

interface Options {
  backwards: boolean;
  alpha: boolean;
  offset: number;
  /** Negative for all. */
  count: number;
  /** A pattern for the weights. */
  by: string | undefined;
  /** Patterns for what is given back in place of each item. */
  get: string[];
  target: string | undefined;
}

interface Row {
  readonly item: string;
  readonly weight: string | undefined;
  readonly number: number;
}

function run(session: Session, [key, ...words]: Words, stores: boolean): Reply {
  const { db, resp } = session;
  const options = readOptions(words, stores);
  const rows = sorted(session, itemsOf(db.get(key)), options);
  const { get } = options;
  const cells =
    get.length === 0
      ? rows
      : rows.flatMap((item) => get.map((pattern) => lookUp(db, pattern, item)));
  if (options.target === undefined) return resp.bulksOrNil(cells);
  const items = cells.map((cell) => cell ?? '');
  if (items.length === 0) db.remove(options.target);
  else db.replace(options.target, { type: 'list', items: new ListValue(items) }, 'sortstore');
  return integer(items.length);
}

/** The last wins of what is given twice. @throws CommandError */
function readOptions(words: readonly string[], stores: boolean): Options {
  const options: Options = {
    backwards: false,
    alpha: false,
    offset: 0,
    count: -1,
    by: undefined,
    get: [],
    target: undefined,
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    const left = words.length - at - 1;
    if (word === 'asc') options.backwards = false;
    else if (word === 'desc') options.backwards = true;
    else if (word === 'alpha') options.alpha = true;
    else if (word === 'limit' && left >= 2) {
      options.offset = toInteger(words[++at] ?? '');
      options.count = toInteger(words[++at] ?? '');
    } else if (word === 'store' && left >= 1 && stores) options.target = words[++at];
    else if (word === 'by' && left >= 1) options.by = words[++at];
    else if (word === 'get' && left >= 1) options.get.push(words[++at] ?? '');
    else throw syntaxError();
  }
  return options;
}

interface Items {
  readonly items: string[];
  readonly type: 'list' | 'set' | 'zset';
}

function itemsOf(value: Value | undefined): Items {
  if (value === undefined) return { items: [], type: 'list' };
  if (typeof value === 'string') throw wrongType();
  switch (value.type) {
    case 'list':
      return { items: [...value.items], type: 'list' };
    case 'set':
      return { items: [...value.members], type: 'set' };
    case 'zset':
      // Redis sorts no small one where it lies: it converts it first, and for good.
      value.sorted.spread();
      return { items: Array.from(value.sorted, ({ member }) => member), type: 'zset' };
    default:
      throw wrongType();
  }
}

/** In order, and only those of LIMIT. */
function sorted(session: Session, { items, type }: Items, options: Options): string[] {
  const { offset, count, backwards, target } = options;
  const start = Math.max(0, offset);
  const end = count < 0 ? items.length : start + count;
  // A pattern that is the same for all asks for no order.
  const plain = options.by !== undefined && !options.by.includes('*');
  if (!plain) return inOrder(session.db, items, options).slice(start, end);
  // What is kept, or seen by a script, must not hang on the order of a hash table.
  if (type === 'set' && (target !== undefined || session.scripted)) {
    return inOrder(session.db, items, { ...options, alpha: true, by: undefined }).slice(start, end);
  }
  if (type !== 'set' && backwards) items.reverse();
  return items.slice(start, end);
}

function inOrder(db: Keyspace, items: readonly string[], options: Options): string[] {
  const { by, alpha, backwards, target } = options;
  const rows = items.map((item): Row => {
    const weight = by === undefined ? item : lookUp(db, by, item);
    return { item, weight, number: alpha ? 0 : toNumber(weight) };
  });
  const compare = alpha ? byBytes(target === undefined) : byNumber;
  rows.sort((one, other) => (backwards ? -compare(one, other) : compare(one, other)));
  return rows.map(({ item }) => item);
}

/** A weight that is not there counts as 0. @throws CommandError for what is no number */
function toNumber(weight = '0'): number {
  const text = untilZero(weight).replace(/^[ \t\n\v\f\r]+/, '');
  const number = text === '' ? 0 : readFloat(text);
  if (number !== undefined && !isOutOfRange(text, number)) return number;
  throw new CommandError("ERR One or more scores can't be converted into double");
}

/** Those of the same weight by their bytes. */
function byNumber(one: Row, other: Row): number {
  return one.number - other.number || ordered(one.item, other.item);
}

/** @param asText what stands behind a zero byte does not count: so does C read what is not stored */
function byBytes(asText: boolean) {
  const read = (text: string) => (asText ? untilZero(text) : text);
  return ({ weight: one }: Row, { weight: other }: Row): number => {
    if (one === undefined || other === undefined) {
      return (one === undefined ? 0 : 1) - (other === undefined ? 0 : 1);
    }
    return ordered(read(one), read(other));
  };
}

function ordered(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * What a pattern leads to: the item itself for `#`, else a string, or with `->` a field of a hash,
 * whose key has the item for the first `*`.
 */
function lookUp(db: Keyspace, pattern: string, item: string): string | undefined {
  if (pattern === '#') return item;
  const star = pattern.indexOf('*');
  if (star < 0) return undefined;
  const arrow = pattern.indexOf('->', star + 1);
  const hashed = arrow >= 0 && arrow + 2 < pattern.length;
  const end = hashed ? arrow : pattern.length;
  const value = db.get(pattern.slice(0, star) + item + pattern.slice(star + 1, end));
  if (!hashed) return typeof value === 'string' ? value : undefined;
  if (value === undefined || typeof value === 'string' || value.type !== 'hash') return undefined;
  return value.fields.get(pattern.slice(arrow + 2));
}
