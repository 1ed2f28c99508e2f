import { CommandError, notInteger, syntaxError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { array, bulk, bulks, EMPTY_ARRAY, type Reply } from '../protocol/reply';
import { matches } from '../store/glob';
import type { Walkable } from '../store/names';

/** What is walked through. */
interface Scanned {
  /** Undefined where there is no such key: the options are then not looked at. */
  names: Walkable | undefined;
  /** The names of a small collection, which comes in one step, in its own order. */
  whole?: Iterable<string> | undefined;
  /** What stands in the reply for a name: a member, or a field and its value. */
  parts?(name: string): readonly string[];
  /** TYPE is an option. */
  typed?: boolean;
  /** Looks at what MATCH lets through. */
  keep?(name: string, type: string | undefined): boolean;
}

/**
 * One step of SCAN, HSCAN, SSCAN or ZSCAN, which costs what it returns, however much there is. A
 * scan returns whatever stays throughout, as Redis promises.
 * @param words the cursor, then the options
 * @param open looks up what is walked through, after the cursor is found to be one
 */
export function scanReply(words: readonly string[], open: () => Scanned): Reply {
  const cursor = toCursor(words[0] ?? '');
  const { names, whole, parts = (name) => [name], typed = false, keep = () => true } = open();
  if (!names) return array([bulk('0'), EMPTY_ARRAY]);
  const { count, match, type } = scanOptions(words.slice(1), typed);
  const step = whole ? { names: [...whole], next: 0 } : names.step(cursor, count);
  const matching = step.names.filter(
    (name) => (match === undefined || matches(match, name)) && keep(name, type),
  );
  return array([bulk(String(step.next)), bulks(matching.flatMap(parts))]);
}

/**
 * Redis reads a cursor as C's strtoul does: of 64 bits, up to a null byte, none at all being 0, and
 * with a sign, where a negative one counts down from 2^64.
 */
function toCursor(text: string): number {
  const [, sign, digits] = /^(?:([+-]?)(\d+))?(?:\0|$)/.exec(text) ?? [];
  const size = BigInt(digits ?? 0);
  const isEmpty = digits === undefined && (text === '' || text.startsWith('\0'));
  if ((digits === undefined && !isEmpty) || size >= 2n ** 64n) {
    throw new CommandError('ERR invalid cursor');
  }
  return Number(sign === '-' ? BigInt.asUintN(64, -size) : size);
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
