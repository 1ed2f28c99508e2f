import { CommandError } from '../protocol/command-error';

/** For a command that a Redis runs only where a setting of its start allows it. @param name in capitals */
export function notAllowed(name: string, setting: string): CommandError {
  return new CommandError(
    `ERR ${name} command not allowed. If the ${setting} option is set to "local", you can run it from a local connection, otherwise you need to set this option in the configuration file, and then restart the server.`,
  );
}
