import { CommandError } from '../protocol/command-error';
import { splitWords } from '../protocol/inline';

/** A function that a library registered. */
export interface LibraryFunction {
  readonly name: string;
  /** Where the Lua state keeps it. */
  readonly callback: number;
  readonly description: string | undefined;
  readonly flags: ReadonlySet<string>;
}

/** Functions that were loaded together. */
export interface Library {
  readonly name: string;
  readonly code: string;
  readonly functions: readonly LibraryFunction[];
}

/**
 * The library's name, from the first line of its code: `#!lua name=…`.
 * @throws CommandError where that line is missing or names no Lua library
 */
export function libraryName(code: string): string {
  if (!code.startsWith('#!')) throw new CommandError('ERR Missing library metadata');
  const [engine = '', ...options] = wordsOf(code);
  let name: string | undefined;
  for (const option of options) {
    if (!/^name=/i.test(option)) {
      throw new CommandError(`ERR Invalid metadata value given: ${option}`);
    }
    if (name !== undefined) {
      throw new CommandError('ERR Invalid metadata value, name argument was given multiple times');
    }
    name = option.slice('name='.length);
  }
  if (name === undefined) throw new CommandError('ERR Library name was not given');
  if (!isName(name)) throw new CommandError(BAD_NAME);
  const engineName = engine.slice('#!'.length);
  if (engineName.toLowerCase() !== 'lua') {
    throw new CommandError(`ERR Engine '${engineName}' not found`);
  }
  return name;
}

/** Whether a library or a function may be called so. */
export function isName(text: string): boolean {
  return /^[A-Za-z0-9_]+$/.test(text);
}

/** What Redis says of any other name, of a function's as well. */
export const BAD_NAME =
  'ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one character long';

function wordsOf(code: string): string[] {
  const end = code.indexOf('\n');
  try {
    if (end >= 0) return splitWords(code.slice(0, end));
  } catch {
    // Quotes that are not closed.
  }
  throw new CommandError('ERR Invalid library metadata');
}
