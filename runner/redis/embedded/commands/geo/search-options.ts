import { CommandError, syntaxError } from '../../protocol/command-error';
import { toFloat, toInteger } from '../../protocol/numbers';
import type { SortedSet } from '../../store/sorted-set';
import { toUnit } from './distance';
import type { Place } from './geohash';
import { placeOfMember, toPlace } from './place';
import type { Shape } from './shape';

/** Where to begin and how far to go, as much of it as is known; without a key a member is nowhere. */
export interface Reach {
  center?: Place | undefined;
  fromMember?: boolean;
  extent?: { radius: number } | { width: number; height: number };
  /** Metres of one of the unit in which lengths are given and told. */
  unit?: number;
}

/** What the words of a search say. */
export interface Search {
  /** Undefined where there is nothing to search. */
  shape: Shape | undefined;
  unit: number;
  order: 'none' | 'asc' | 'desc';
  /** 0 for all. */
  count: number;
  /** The first that are found will do. */
  any: boolean;
  withDistance: boolean;
  withHash: boolean;
  withPlace: boolean;
  /** The key for what is found, kept with its distances as scores if that is asked for. */
  target: string | undefined;
  byDistance: boolean;
  /** What happens to that key. */
  event: 'georadiusstore' | 'geosearchstore';
}

/** Which words a command takes. */
export interface Form {
  /** STORE and STOREDIST with a key. */
  readonly stores?: boolean;
  /** The name as it was typed, of a command that says by words where to begin and how far to go. */
  readonly worded?: string;
  /** Its key for what is found, where that comes first. */
  readonly target?: string | undefined;
}

const FLAGS: Record<string, Partial<Search>> = {
  withdist: { withDistance: true },
  withhash: { withHash: true },
  withcoord: { withPlace: true },
  any: { any: true },
  asc: { order: 'asc' },
  desc: { order: 'desc' },
};

/**
 * Reads the options of a search from left to right, the first fault first.
 * @param zset what is searched
 * @throws CommandError
 */
export function readSearch(
  zset: SortedSet | undefined,
  words: readonly string[],
  form: Form,
  reach: Reach = {},
): Search {
  const search: Search = {
    shape: undefined,
    unit: 1,
    order: 'none',
    count: 0,
    any: false,
    withDistance: false,
    withHash: false,
    withPlace: false,
    target: form.target,
    byDistance: false,
    event: form.stores ? 'georadiusstore' : 'geosearchstore',
  };
  for (let at = 0; at < words.length; ) {
    const word = (words[at] ?? '').toLowerCase();
    const rest = words.slice(at + 1);
    const flags = Object.hasOwn(FLAGS, word) ? FLAGS[word] : undefined;
    if (flags) Object.assign(search, flags);
    at += 1;
    if (flags) continue;
    const taken =
      readOption(search, word, rest, form) ||
      (form.worded === undefined ? 0 : readReach(zset, reach, word, rest));
    if (taken === 0 && !(word === 'storedist' && form.target !== undefined)) throw syntaxError();
    if (taken === 0) search.byDistance = true;
    at += taken;
  }
  refuse(search, form, reach);
  const { center, extent, unit = 1 } = reach;
  return { ...search, unit, shape: center && extent && { center, ...extent } };
}

/** @returns how many more words belong to it; 0 where it is no option that has some */
function readOption(search: Search, word: string, rest: readonly string[], form: Form): number {
  const [value] = rest;
  if (value === undefined) return 0;
  if (word === 'count') {
    search.count = toInteger(value);
    if (search.count <= 0) throw new CommandError('ERR COUNT must be > 0');
    return 1;
  }
  if (!form.stores || (word !== 'store' && word !== 'storedist')) return 0;
  search.target = value;
  search.byDistance = word === 'storedist';
  return 1;
}

function readReach(
  zset: SortedSet | undefined,
  reach: Reach,
  word: string,
  rest: readonly string[],
): number {
  const [first = '', second = '', third = ''] = rest;
  if (word === 'frommember' && rest.length >= 1 && (!reach.center || reach.fromMember)) {
    reach.fromMember = true;
    if (zset) reach.center = centerAt(zset, first);
    return 1;
  }
  if (word === 'fromlonlat' && rest.length >= 2 && !reach.fromMember) {
    reach.center = toPlace(first, second);
    return 2;
  }
  const round = reach.extent && 'radius' in reach.extent;
  if (word === 'byradius' && rest.length >= 2 && round !== false) {
    Object.assign(reach, toCircle(first, second));
    return 2;
  }
  if (word === 'bybox' && rest.length >= 3 && round !== true) {
    Object.assign(reach, toBox(first, second, third));
    return 3;
  }
  return 0;
}

function refuse(search: Search, { worded, stores }: Form, reach: Reach): void {
  const { target, withDistance, withHash, withPlace } = search;
  if (target !== undefined && (withDistance || withHash || withPlace)) {
    const what = stores ? 'STORE option in GEORADIUS' : 'GEOSEARCHSTORE';
    throw new CommandError(
      `ERR ${what} is not compatible with WITHDIST, WITHHASH and WITHCOORD options`,
    );
  }
  const one = (words: string) =>
    new CommandError(`ERR exactly one of ${words} can be specified for ${worded}`);
  if (worded !== undefined && !reach.center && !reach.fromMember) {
    throw one('FROMMEMBER or FROMLONLAT');
  }
  if (worded !== undefined && !reach.extent) throw one('BYRADIUS and BYBOX');
  if (search.any && search.count === 0) {
    throw new CommandError('ERR the ANY argument requires COUNT argument');
  }
}

/** Where a member is from which a search begins. @throws CommandError where there is none */
export function centerAt(zset: SortedSet, member: string): Place {
  const place = placeOfMember(zset, member);
  if (place) return place;
  throw new CommandError('ERR could not decode requested zset member');
}

/** A radius and its unit. @throws CommandError */
export function toCircle(radiusText: string, unitText: string): Reach {
  const radius = toFloat(radiusText, () => new CommandError('ERR need numeric radius'));
  if (radius < 0) throw new CommandError('ERR radius cannot be negative');
  const unit = toUnit(unitText);
  return { extent: { radius: radius * unit }, unit };
}

function toBox(widthText: string, heightText: string, unitText: string): Reach {
  const width = toFloat(widthText, () => new CommandError('ERR need numeric width'));
  const height = toFloat(heightText, () => new CommandError('ERR need numeric height'));
  if (width < 0 || height < 0) throw new CommandError('ERR height or width cannot be negative');
  const unit = toUnit(unitText);
  return { extent: { width: width * unit, height: height * unit }, unit };
}
