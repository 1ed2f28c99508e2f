import fs from 'node:fs';
import path from 'node:path';
import { UsageFault } from './fault';
import type { Lesson } from './lesson';
import { findFiles, type Workspace } from './workspace';

/**
 * Opens a folder given by --dir, read-only. A course folder one level further down is found too.
 * @throws UsageFault where it is missing, no folder, not readable, or could be two
 */
export function borrowFolder(lessons: readonly Lesson[], given: string): Workspace {
  const folder = path.resolve(given);
  const nested = subfolders(folder, given);
  const opened = (chosen: string): Workspace => ({ folder: chosen, readOnly: true, laidOut: [] });
  if (holdsPrograms(lessons, folder)) return opened(folder);
  const candidates = nested.filter((candidate) => holdsPrograms(lessons, candidate));
  if (candidates.length > 1) {
    const names = candidates.map((candidate) => path.basename(candidate));
    throw new UsageFault(
      `More than one folder in "${given}" holds files of the course: ${names.join(', ')}.`,
      `Name one: --dir ${path.join(given, names[0] ?? '')}`,
    );
  }
  return opened(candidates[0] ?? folder);
}

function holdsPrograms(lessons: readonly Lesson[], folder: string): boolean {
  return Object.keys(findFiles(lessons, folder)).some((name) => name !== 'dump.rdb');
}

function subfolders(folder: string, given: string): string[] {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name))
      .map((entry) => path.join(folder, entry.name))
      .sort();
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    throw new UsageFault(
      reason ? `"${given}" ${reason}.` : `"${given}" cannot be read.`,
      'Give --dir the folder that holds your files.',
    );
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is not a folder',
  EACCES: 'may not be read: permission is denied',
  EPERM: 'may not be read: permission is denied',
};
