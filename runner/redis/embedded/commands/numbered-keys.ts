import { CommandError, syntaxError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';

/** What LMPOP, ZMPOP and their like ask for. */
export interface TakeFromMany<Side> {
  readonly keys: readonly string[];
  readonly side: Side;
  readonly count: number;
}

/**
 * Reads `numkeys key … side [COUNT count]`.
 * @param toSide reads the side, and throws for what is none
 * @throws CommandError
 */
export function readNumberedKeys<Side>(
  args: readonly string[],
  toSide: (text: string) => Side,
): TakeFromMany<Side> {
  const unfit = () => new CommandError('ERR numkeys should be greater than 0');
  const numkeys = toInteger(args[0] ?? '', unfit);
  if (numkeys < 1) throw unfit();
  const [where, ...words] = args.slice(1 + numkeys);
  if (where === undefined) throw syntaxError();
  const side = toSide(where);
  const keys = args.slice(1, 1 + numkeys);
  const [word, most, ...more] = words;
  if (word === undefined) return { keys, side, count: 1 };
  if (word.toLowerCase() !== 'count' || most === undefined) throw syntaxError();
  const tooSmall = () => new CommandError('ERR count should be greater than 0');
  const count = toInteger(most, tooSmall);
  if (count < 1) throw tooSmall();
  if (more.length > 0) throw syntaxError();
  return { keys, side, count };
}
