import { execFile } from 'node:child_process';

/** A command with its arguments. */
interface CommandLine {
  command: string;
  args: string[];
}

/** What of util-linux or BusyBox starts a command in a network of its own, in its own place. */
const launcher: CommandLine = { command: 'unshare', args: ['-r', '-n'] };

let isAllowed: Promise<boolean> | undefined;

/**
 * Has a command started in a network of its own, which has no way out and none in: what it opens there
 * nobody finds. Unix sockets in folders are as ever. The process is the command's own.
 * @returns the command as it is where the system does not allow it: on other systems than Linux, and
 * where user namespaces are forbidden
 */
export async function inOwnNetwork(
  line: CommandLine,
  platform = process.platform,
): Promise<CommandLine> {
  if (platform !== 'linux') return line;
  isAllowed ??= probe();
  if (!(await isAllowed)) return line;
  return { command: launcher.command, args: [...launcher.args, line.command, ...line.args] };
}

function probe(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(launcher.command, [...launcher.args, 'true'], (error) => resolve(error === null));
  });
}
