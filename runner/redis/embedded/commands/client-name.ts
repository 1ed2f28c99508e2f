import { CommandError } from '../protocol/command-error';

/**
 * The name of a client. Names are printed in lists of clients, one line each.
 * @throws CommandError for one with spaces
 */
export function toClientName(name: string): string {
  if (/^[!-~]*$/.test(name)) return name;
  throw new CommandError('ERR Client names cannot contain spaces, newlines or special characters.');
}
