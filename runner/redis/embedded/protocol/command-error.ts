/** What a command answers when it cannot be done: an error reply, its code word first. */
export class CommandError extends Error {
  override name = 'CommandError';
}

export const wrongType = () =>
  new CommandError('WRONGTYPE Operation against a key holding the wrong kind of value');
export const syntaxError = () => new CommandError('ERR syntax error');
export const notInteger = () => new CommandError('ERR value is not an integer or out of range');
export const notFloat = () => new CommandError('ERR value is not a valid float');
export const noSuchKey = () => new CommandError('ERR no such key');
export const outOfRange = () => new CommandError('ERR index out of range');
export const overflow = () => new CommandError('ERR increment or decrement would overflow');

export const noScript = () => new CommandError('NOSCRIPT No matching script. Please use EVAL.');

/** @param name in lower case, a subcommand as `client|setname` */
export function wrongArity(name: string): CommandError {
  return new CommandError(`ERR wrong number of arguments for '${name}' command`);
}

/** As Redis 7 words it: the name and the first arguments, each cut at 128 bytes. */
export function unknownCommand(args: readonly string[]): CommandError {
  let shown = '';
  for (const arg of args.slice(1)) {
    if (shown.length >= 128) break;
    shown += `'${untilZero(arg.slice(0, 128 - shown.length))}' `;
  }
  const name = untilZero((args[0] ?? '').slice(0, 128));
  return new CommandError(`ERR unknown command '${name}', with args beginning with: ${shown}`);
}

/** C's strings end at a zero byte. */
export function untilZero(text: string): string {
  const [before = ''] = text.split('\0', 1);
  return before;
}

/** @param command in capitals; @param given as typed */
export function unknownSubcommand(command: string, given: string): CommandError {
  return new CommandError(
    `ERR unknown subcommand '${untilZero(given.slice(0, 128))}'. Try ${command.toUpperCase()} HELP.`,
  );
}
