import { CommandError, notInteger, syntaxError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { array, bulk, bulks, EMPTY_ARRAY, type Reply } from '../protocol/reply';
import { matches } from '../store/glob';

/** An element of a collection, by the name that MATCH looks at. */
export interface Scannable {
  readonly name: string;
  /** What stands in the reply: a member, or a field and its value. */
  readonly parts: readonly string[];
}

interface ScanShape {
  /** A small collection comes in one step, in its own order. */
  whole?: boolean;
  /** TYPE is an option. */
  typed?: boolean;
  /** Looks at what MATCH lets through. */
  keep?(name: string, type: string | undefined): boolean;
}

/**
 * One step of SCAN, HSCAN, SSCAN or ZSCAN. The order is that of a hash of the names and the
 * cursor a place in it, so that a scan returns whatever stays throughout, as Redis promises.
 * @param elements undefined where there is no such key: the options are then not looked at
 * @param words the cursor, then the options
 */
export function scanReply(
  elements: readonly Scannable[] | undefined,
  words: readonly string[],
  { whole = false, typed = false, keep = () => true }: ScanShape = {},
): Reply {
  const cursor = toCursor(words[0] ?? '');
  if (!elements) return array([bulk('0'), EMPTY_ARRAY]);
  const { count, match, type } = scanOptions(words.slice(1), typed);
  let next = 0;
  let step = elements;
  if (!whole) {
    const rest = elements
      .map((element) => ({ element, hash: hashOf(element.name) }))
      .filter(({ hash }) => hash >= cursor)
      .sort((a, b) => a.hash - b.hash);
    let end = Math.min(count, rest.length);
    while (end < rest.length && rest[end]?.hash === rest[end - 1]?.hash) end += 1;
    next = rest[end]?.hash ?? 0;
    step = rest.slice(0, end).map(({ element }) => element);
  }
  const matching = step.filter(
    ({ name }) => (match === undefined || matches(match, name)) && keep(name, type),
  );
  return array([bulk(String(next)), bulks(matching.flatMap(({ parts }) => parts))]);
}

function toCursor(text: string): number {
  if (!/^\s*[+-]?\d+$/.test(text)) throw new CommandError('ERR invalid cursor');
  return Number(text);
}

function scanOptions(words: readonly string[], typed: boolean) {
  let count = 10;
  let match: string | undefined;
  let type: string | undefined;
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1];
    const word = (words[at] ?? '').toLowerCase();
    if (value === undefined) throw syntaxError();
    if (word === 'count') {
      count = toInteger(value, notInteger);
      if (count < 1) throw syntaxError();
    } else if (word === 'match') match = value;
    else if (word === 'type' && typed) type = value.toLowerCase();
    else throw syntaxError();
  }
  return { count, match, type };
}

/** FNV-1a, never 0: that is the cursor at the start. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0 || 1;
}
