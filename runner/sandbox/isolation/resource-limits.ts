import type { CommandLine } from './bubblewrap';

/** Files that a program may have open at once: a server needs one for each request under way. */
const openFiles = 8192;

/** Bytes of the largest file that it may write, by the 512 in which a shell counts. */
const largestFile = (64 * 1024 * 1024) / 512;

/**
 * Has the system limit a command, and all that comes of it: open files, the size of a file, no images
 * of its memory. A limit that is lower already stays. Windows has none that a command could set.
 */
export function withinLimits(
  { command, args }: CommandLine,
  platform = process.platform,
): CommandLine {
  if (platform === 'win32') return { command, args };
  const script = `{ ulimit -c 0; ulimit -n ${openFiles}; ulimit -f ${largestFile}; } 2>/dev/null; exec "$@"`;
  return { command: '/bin/sh', args: ['-c', script, 'sh', command, ...args] };
}

/** What a shell, and bubblewrap, add to the environment. */
export const addedVariables = ['PWD', 'OLDPWD', 'SHLVL', '_'];
