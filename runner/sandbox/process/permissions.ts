import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * The flags by which Node itself keeps a program from writing outside of one folder, from starting
 * other programs and threads, and from loading native addons. Node 20.19 has them, by an older name.
 * What they do not stop is written down in docs/untrusted.md.
 * @param folder absolute; behind walls it is there and not here
 * @param known the options of the Node that will run the program, with their dashes
 */
export function permissionFlags(
  folder: string,
  known: ReadonlySet<string> = process.allowedNodeEnvironmentFlags,
): string[] {
  const guard = ['--permission', '--experimental-permission'].find((flag) => known.has(flag));
  if (guard === undefined) return [];
  // Node compares the names as they are given to it, and a temporary folder is often a link.
  const places = new Set([folder, ...(existsSync(folder) ? [realpathSync(folder)] : [])]);
  return [
    guard,
    '--allow-fs-read=*',
    ...[...places].map((place) => `--allow-fs-write=${place}${path.sep}`),
    // A program is there to talk to Redis: Node 25 guards the network as well.
    ...(known.has('--allow-net') ? ['--allow-net'] : []),
    // It opens any file for writing, past the guard.
    ...(known.has('--experimental-sqlite') ? ['--no-experimental-sqlite'] : []),
  ];
}
