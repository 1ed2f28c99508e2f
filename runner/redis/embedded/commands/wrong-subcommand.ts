import { CommandError } from '../protocol/command-error';

/** For a subcommand that takes fewer words than it was given. @param given as it was typed */
export function wrongSubcommand(command: string, given: string): CommandError {
  return new CommandError(
    `ERR unknown subcommand or wrong number of arguments for '${given}'. Try ${command.toUpperCase()} HELP.`,
  );
}
