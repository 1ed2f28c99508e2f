import { CommandError, untilZero } from '../protocol/command-error';

/** The kind of client that a word means. @throws CommandError for a word that means none */
export function toKind(word: string): string {
  const kind = word.toLowerCase();
  if (kind === 'replica') return 'slave';
  if (['normal', 'slave', 'pubsub', 'master'].includes(kind)) return kind;
  throw new CommandError(`ERR Unknown client type '${untilZero(word)}'`);
}
