import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** What a test may need beside Node, with the package of Debian that brings it. */
const packages = {
  'redis-server': 'redis-server',
  'redis-check-rdb': 'redis-tools',
  'redis-cli': 'redis-tools',
  tmux: 'tmux',
  chromium: 'chromium',
  script: 'bsdutils',
  unshare: 'util-linux',
  setpriv: 'util-linux',
  bash: 'bash',
  ps: 'procps',
  bwrap: 'bubblewrap',
} as const;

/** A program that a test may need. */
export type Tool = keyof typeof packages;

/** Whether a program is on PATH. */
export function isInstalled(tool: Tool): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What to install for tests that need this program, as a sentence. */
export function howToInstall(tool: Tool): string {
  return `${tool} is not installed (Debian: apt-get install ${packages[tool]})`;
}
