import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { integer, type Reply } from '../../protocol/reply';

type Operation = 'and' | 'or' | 'xor' | 'not';

/** BITOP. @throws CommandError */
export function combine(
  { db }: Session,
  [given, target, ...keys]: [string, string, ...string[]],
): Reply {
  const operation = given.toLowerCase();
  if (!isOperation(operation)) throw syntaxError();
  if (operation === 'not' && keys.length !== 1) {
    throw new CommandError('ERR BITOP NOT must be called with a single source key.');
  }
  const sources = keys.map((key) => Buffer.from(db.string(key) ?? '', 'latin1'));
  const result = apply(operation, sources);
  if (result.length === 0) db.remove(target);
  else {
    db.replace(target, result.toString('latin1'), 'set');
    db.notes.hold(target, 'raw');
  }
  return integer(result.length);
}

function isOperation(word: string): word is Operation {
  return word === 'and' || word === 'or' || word === 'xor' || word === 'not';
}

/** Byte by byte; shorter strings go on with zeros. */
function apply(operation: Operation, sources: readonly Buffer[]): Buffer {
  const length = Math.max(...sources.map((source) => source.length));
  const result = Buffer.alloc(length);
  sources[0]?.copy(result);
  if (operation === 'not') {
    for (let at = 0; at < length; at += 1) result[at] = ~(result[at] ?? 0);
    return result;
  }
  for (const source of sources.slice(1)) {
    for (let at = 0; at < length; at += 1) {
      const [left, right] = [result[at] ?? 0, source[at] ?? 0];
      result[at] =
        operation === 'and' ? left & right : operation === 'or' ? left | right : left ^ right;
    }
  }
  return result;
}
