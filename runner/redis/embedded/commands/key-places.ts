import type { Command } from './command';
import { type Facts, facts, type KeySpec } from './facts';

/** A key among the words of a command. */
export interface FoundKey {
  readonly key: string;
  /** How the command uses it, as `RO` and `access`. */
  readonly flags: readonly string[];
}

/**
 * The keys of a command by its key specifications, in the order of those.
 * @param name the row's, in lower case
 * @param args its name and its arguments, as many as suit it
 * @returns undefined where the words name no keys that can be
 */
export function findKeys(name: string, args: readonly string[]): FoundKey[] | undefined {
  const known = facts().get(name);
  if (!known) return [];
  const special = SPECIAL[name];
  if (special) return special(args);
  const found: FoundKey[] = [];
  for (const spec of known.specs) {
    if (spec.flags.includes('not_key')) continue;
    const keys = keysBy(spec, args);
    if (!keys) return undefined;
    found.push(...keys);
  }
  return found;
}

/** Whether the command can have keys at all. */
export function hasKeys({ specs }: Facts): boolean {
  return specs.some(({ flags }) => !flags.includes('not_key'));
}

/** Commands that read what they change, as a command of its own would do it. */
const READING = new Set(['getdel', 'getex', 'getset', 'set']);

/** They change a consumer group, and look its stream up as if to read it. */
const OF_GROUPS = /^x(ack|claim|autoclaim)$/;

/** Looking at how a key is kept is no reading. */
const LOOKING = /^(object|memory)\|/;

/** Tells of a key whether the command only reads it. */
export function readBy(
  { name, flags }: Command,
  args: readonly string[],
): (key: string) => boolean {
  if (LOOKING.test(name)) return () => false;
  // SORT reads what its patterns lead to as well.
  if (flags.has('readonly') || name === 'sort' || OF_GROUPS.test(name)) return () => true;
  if (!flags.has('write')) return () => false;
  const flag = READING.has(name) ? 'access' : 'RO';
  const read = (findKeys(name, args) ?? []).filter((found) => found.flags.includes(flag));
  const keys = new Set(read.map(({ key }) => key));
  return (key) => keys.has(key);
}

/** Undefined where the specification leads out of the words. */
function keysBy({ flags, begin, find }: KeySpec, args: readonly string[]): FoundKey[] | undefined {
  const start = startOf(begin, args);
  if (start === undefined) return [];
  const [kind, ...numbers] = find;
  const [one = 0, two = 0, three = 0] = numbers.map(Number);
  let [first, last, step] = [start, 0, two];
  if (kind === 'range') {
    last = one >= 0 ? first + one : args.length + one;
    if (one < 0 && three > 1) last = first + Math.floor((args.length - first) / three) + one;
  } else if (kind === 'keynum') {
    const number = args[start + one] ?? '';
    if (!/^(0|[1-9]\d*)$/.test(number)) return undefined;
    [first, step] = [start + two, three];
    last = first + (Number(number) - 1) * step;
    if (number === '0' && mayHaveNone(args)) return [];
  } else return undefined;
  if (last < first || last >= args.length) return undefined;
  const keys: FoundKey[] = [];
  for (let at = first; at <= last; at += step) keys.push({ key: args[at] ?? '', flags });
  return keys;
}

/** The place that a search begins with; undefined where its keyword is not there. */
function startOf([kind, ...words]: readonly string[], args: readonly string[]): number | undefined {
  if (kind === 'index') return Number(words[0]);
  if (kind !== 'keyword') return undefined;
  const [keyword = '', from] = words;
  const start = Number(from);
  const backwards = start < 0;
  let at = backwards ? args.length + start : start;
  // The last word has no key behind it.
  for (; at > 0 && at < args.length - 1; at += backwards ? -1 : 1) {
    if (args[at]?.toUpperCase() === keyword) return at + 1;
  }
  return undefined;
}

function mayHaveNone([name = '']: readonly string[]): boolean {
  return facts().get(name.toLowerCase())?.flags.includes('no_mandatory_keys') ?? false;
}

const READ = ['RO', 'access'];
const CHANGE = ['RW', 'access', 'update'];
const WRITE = ['OW', 'update'];

/** Commands whose keys, or what becomes of them, no specification tells. */
const SPECIAL: Readonly<Record<string, (args: readonly string[]) => FoundKey[]>> = {
  set: ([, key = '', , ...options]) => {
    const reads = options.some((word) => word.toLowerCase() === 'get');
    return [{ key, flags: reads ? CHANGE : WRITE }];
  },
  bitfield: ([, key = '', ...words]) => {
    let at = 0;
    for (; at < words.length; at += words[at]?.toLowerCase() === 'get' ? 3 : 2) {
      if (!/^(get|overflow)$/i.test(words[at] ?? '')) break;
    }
    return [{ key, flags: at === words.length ? READ : CHANGE }];
  },
  sort: ([, key = '', ...words]) => {
    const found = [{ key, flags: READ }];
    const target = sortTarget(words);
    return target === undefined ? found : [...found, { key: target, flags: WRITE }];
  },
  sort_ro: ([, key = '']) => [{ key, flags: READ }],
};

/** The key behind the last STORE, which may not belong to another option. */
function sortTarget(words: readonly string[]): string | undefined {
  const taken: Readonly<Record<string, number>> = { limit: 2, get: 1, by: 1, store: 1 };
  let target: string | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    if (word === 'store') target = words[at + 1] ?? target;
    at += taken[word] ?? 0;
  }
  return target;
}
