import { CommandError } from '../protocol/command-error';
import { splitWords } from '../protocol/inline';

/** What a script or a function may say of itself, in the order in which FUNCTION LIST has them. */
export const FLAGS: readonly string[] = ['no-writes', 'allow-oom', 'allow-stale', 'no-cluster'];

/** A script's Lua, and the flags of its first line where it has one such as `#!lua flags=no-writes`. */
export interface ScriptParts {
  readonly body: string;
  readonly flags: ReadonlySet<string> | undefined;
}

/** Takes the first line off, its end excepted, so that the other lines keep their numbers. @throws CommandError */
export function scriptParts(text: string): ScriptParts {
  if (!text.startsWith('#!')) return { body: text, flags: undefined };
  const end = text.indexOf('\n');
  if (end < 0) throw new CommandError('ERR Invalid script shebang');
  const [engine = '', ...options] = wordsOf(text.slice(0, end));
  if (engine !== '#!lua') {
    throw new CommandError(`ERR Unexpected engine in script shebang: ${engine}`);
  }
  return { body: text.slice(end), flags: new Set(options.flatMap(flagsOf)) };
}

function wordsOf(line: string): string[] {
  try {
    return splitWords(line);
  } catch {
    throw new CommandError('ERR Invalid engine in script shebang');
  }
}

function flagsOf(option: string): string[] {
  if (!option.startsWith('flags=')) {
    throw new CommandError(`ERR Unknown lua shebang option: ${option}`);
  }
  const flags = option.slice('flags='.length);
  if (flags === '') return [];
  return flags.split(',').map((flag) => {
    if (FLAGS.includes(flag)) return flag;
    throw new CommandError(`ERR Unexpected flag in script shebang: ${flag}`);
  });
}
