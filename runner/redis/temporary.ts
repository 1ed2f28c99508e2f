import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EnvironmentError } from './instance';

/** Cleans up behind the runner, should that be killed. */
export interface Reaper {
  /** Stands in the environment of what is started: it is found by that before the reaper hears of it. */
  readonly marks: Readonly<Record<string, string>>;
  /**
   * @param pid the leader of a process group, to be killed
   * @returns call it when the group is gone
   */
  group(pid: number): () => void;
  /**
   * @param folder to be removed; announced before the folder is there
   * @returns call it when the folder is gone
   */
  folder(folder: string): () => void;
}

/** A folder for what is needed while something runs. */
export interface TemporaryFolder {
  /** Absolute. */
  path: string;
  remove(): void;
}

/**
 * Makes a folder where temporary files go. The reaper knows its name first, so that there is no
 * moment in which a kill would leave it.
 * @param place the folder in which it is made, absolute
 * @throws EnvironmentError where it cannot be made
 */
export function temporaryFolder(
  prefix: string,
  reaper?: Reaper,
  place = temporaryPlace(),
): TemporaryFolder {
  const name = `${prefix}${randomBytes(nameBytes).toString('base64url')}`;
  const folder = path.join(place, name);
  const release = reaper?.folder(folder) ?? (() => {});
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    release();
    throw temporaryFolderFault(error, path.dirname(folder));
  }
  const remove = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    release();
  };
  return { path: folder, remove };
}

/** What keeps anybody from writing temporary files, as a sentence with a next step. @param place absolute */
export function temporaryFolderFault(
  error: unknown,
  place: string,
  platform = process.platform,
): EnvironmentError {
  const variable = temporaryVariable(platform);
  const { code = String(error) } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new EnvironmentError(
      `There is no folder ${place} for temporary files.`,
      `Make that folder, or set ${variable} to one that is there.`,
      { cause: error },
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EnvironmentError(
      `There is no room left in ${place}, the folder for temporary files (${code}).`,
      `Make room there, or set ${variable} to a folder on another disk.`,
      { cause: error },
    );
  }
  return new EnvironmentError(
    `The folder for temporary files, ${place}, cannot be written (${code}).`,
    `Set ${variable} to a folder that you may write.`,
    { cause: error },
  );
}

/** The variable that says where temporary files go. */
export function temporaryVariable(platform = process.platform): string {
  return platform === 'win32' ? 'TEMP' : 'TMPDIR';
}

/** Six letters, as mkdtemp gives them: they count for the length of a socket's path. */
const nameBytes = 4;

/** Systems take about 104 bytes for the path of a socket, and cut off the rest without a word. */
const roomForSockets = 70;

/** Where folders with sockets in them are made: the usual place, or `/tmp` where that is too deep. */
export function temporaryPlace(usual = os.tmpdir(), platform = process.platform): string {
  const short = platform === 'win32' || Buffer.byteLength(usual) <= roomForSockets;
  return short ? usual : '/tmp';
}
