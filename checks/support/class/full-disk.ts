import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { course, start } from '../command-line';

/** Workers whose disk for temporary files has not a byte left. */
export interface FullDiskWorkers {
  /** Lets them finish, and resolves with their exit code. */
  end(): Promise<number | null>;
}

/** Mounts a small disk that this process and those below it see, and fills it. */
const filling = `
mount -t tmpfs -o size=64k tmpfs "$1" || exit 1
head -c 1000000 /dev/zero > "$1/filler" 2>/dev/null
shift
exec "$@"`;

const ownMounts = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];

/** Whether this machine lets a disk be mounted for a test. */
export function canFillDisk(): boolean {
  const words = [...ownMounts, 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'];
  return spawnSync('unshare', words, { stdio: 'ignore' }).status === 0;
}

/** @param folder in which the disk appears @param lessons the course; the workbook's own with an empty one */
export function startOnFullDisk(
  folder: string,
  url: string,
  { workers = 1, lessons = course, offline = true } = {},
): FullDiskWorkers {
  const disk = path.join(folder, 'full-disk');
  fs.mkdirSync(disk, { recursive: true });
  const grading = ['class', 'work', '--redis', url, '--workers', String(workers)];
  if (offline) grading.push('--offline');
  const child: ChildProcess = spawn(
    'unshare',
    [...ownMounts, 'sh', '-c', filling, 'sh', disk, process.execPath, start, ...grading],
    { env: { ...process.env, TMPDIR: disk, WORKBOOK_LESSONS: lessons }, stdio: 'ignore' },
  );
  const closed = once(child, 'close');
  return {
    end: async () => {
      child.kill('SIGTERM');
      await closed;
      return child.exitCode;
    },
  };
}
