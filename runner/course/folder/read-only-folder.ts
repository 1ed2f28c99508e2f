import fs from 'node:fs';
import path from 'node:path';
import type { Lesson } from '../lesson';
import { UsageError } from '../usage-error';
import { findFiles, holdsFiles, type Workspace } from './workspace';

/**
 * Opens a folder given by --dir, read-only. A course folder one level further down, as in a
 * repository of several projects, is found too.
 * @throws UsageFault where it is missing, no folder, not readable, or could be two
 */
export function openReadOnlyFolder(lessons: readonly Lesson[], given: string): Workspace {
  const folder = path.resolve(given);
  const nested = subfolders(folder, given);
  const opened = (chosen: string): Workspace => ({ folder: chosen, readOnly: true, laidOut: [] });
  if (holdsFiles(lessons, folder)) return opened(folder);
  const candidates = nested.filter((candidate) => holdsFiles(lessons, candidate));
  if (candidates.length > 1) {
    const names = candidates.map((candidate) => path.basename(candidate));
    throw new UsageError(
      `More than one folder in "${given}" holds files of the course: ${names.join(', ')}.`,
      `Name one: --dir ${quoted(path.join(given, names[0] ?? ''))}`,
    );
  }
  // One alone is a beginning as well; where Redis itself was unpacked it is yet to be copied.
  const any = (one: string) => Object.keys(findFiles(lessons, one)).length > 0;
  const begun = [folder, ...nested.filter((one) => !isRedis(one))].find(any);
  return opened(candidates[0] ?? begun ?? folder);
}

/** The sources of Redis, as a learner may have them unpacked there. */
function isRedis(folder: string): boolean {
  return (
    /^redis[-_]?\d/i.test(path.basename(folder)) || fs.existsSync(path.join(folder, 'redis.conf'))
  );
}

/** Folders, and links to such; one that is there by two names counts once. */
function subfolders(folder: string, given: string): string[] {
  const seen = new Set([real(folder)]);
  return entries(folder, given)
    .filter((name) => !/^(\.|node_modules$)/.test(name))
    .sort()
    .map((name) => path.join(folder, name))
    .filter((one) => {
      const place = real(one);
      if (place === undefined || seen.has(place)) return false;
      seen.add(place);
      return true;
    });
}

/** Where a folder really is; nothing where it is no folder, or cannot be entered. */
function real(folder: string): string | undefined {
  try {
    return fs.statSync(folder).isDirectory() ? fs.realpathSync(folder) : undefined;
  } catch {
    return undefined;
  }
}

function entries(folder: string, given: string): string[] {
  try {
    const names = fs.readdirSync(folder);
    // Without the right to enter it not one of those files could be opened.
    fs.accessSync(folder, fs.constants.X_OK);
    return names;
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    throw new UsageError(
      reason ? `"${given}" ${reason}.` : `"${given}" cannot be read.`,
      'Give --dir the folder that holds your files.',
    );
  }
}

/** A path as it can be typed into a shell. */
function quoted(text: string): string {
  return /^[\w./~:\\-]+$/.test(text) ? text : `"${text}"`;
}

const reasons: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is not a folder',
  EACCES: 'may not be read: permission is denied',
  EPERM: 'may not be read: permission is denied',
};
