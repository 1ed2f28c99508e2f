import { readFileSync } from 'node:fs';
import { hasFileEvents, type Mounts, systemMounts } from '../../course/folder/file-events';
import { workspaceFolder } from '../../course/folder/workspace';
import { nearestThere } from './storage';
import type { Symptom } from './symptom';

const what = 'file watching';

/**
 * By what the learner's saves are noticed: the kind of the mount that holds their files decides, and on
 * Linux how many files the system watches for one user.
 */
export function fileWatching(env: NodeJS.ProcessEnv, mounts = systemMounts()): Symptom {
  const folder = folderWithoutEvents(env, mounts);
  if (folder !== undefined) {
    const found = `by looking: the system reports no saves in ${folder}`;
    return { what, state: 'good', found };
  }
  try {
    const limit = Number(readFileSync('/proc/sys/fs/inotify/max_user_watches', 'utf8'));
    const found = `up to ${limit} files`;
    if (limit >= 1000) return { what, state: 'good', found };
    const cure = 'Raise it: sysctl fs.inotify.max_user_watches=65536. Until then saves are polled.';
    return { what, state: 'poor', found, cure };
  } catch {
    return { what, state: 'good', found: 'by the system' };
  }
}

/** The learner's folder if its system reports no saves; it need not be there yet. */
function folderWithoutEvents(env: NodeJS.ProcessEnv, mounts: Mounts): string | undefined {
  try {
    const folder = workspaceFolder(env);
    return hasFileEvents(nearestThere(folder), mounts) ? undefined : folder;
  } catch {
    // That the current folder is gone is a symptom of its own.
    return undefined;
  }
}
