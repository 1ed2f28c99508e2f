import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../redis/temporary';
import { reaper } from '../../sandbox/process/reaper';
import { cloneRepository, isBareRepository, isRepositoryUrl } from './repository';
import { isZipName, unpackZip } from './zip';

/** Where a learner's files are to be read. */
export interface OpenPlace {
  /** Absolute. */
  folder: string;
  /** When they were handed in, where only the zip says it. */
  at?: Date;
  /** Removes what was made to read them. */
  remove(): void;
}

/**
 * Opens what a learner handed in: a folder; a zip, also one that lies alone in a folder, as learning
 * platforms lay it out; or a repository, of which the last commit counts. Zips and repositories go to a
 * private folder for temporary files.
 * @param place absolute, or the URL of a repository
 * @throws SubmissionRefusal for what cannot be taken; EnvironmentError if there is no room for it here; the
 * signal's reason once that is aborted
 */
export async function openPlace(place: string, signal: AbortSignal): Promise<OpenPlace> {
  if (isRepositoryUrl(place) || isBareRepository(place)) {
    return inFolder('workbook-clone-', async (folder) => {
      await cloneRepository(place, path.join(folder, 'clone'), signal);
      return { folder: path.join(folder, 'clone') };
    });
  }
  const zip = zipAt(place);
  if (zip === undefined) return { folder: place, remove: () => {} };
  return inFolder('workbook-zip-', async (folder) => {
    const at = await unpackZip(zip, folder);
    return { folder, ...(at ? { at } : {}) };
  });
}

/** The zip that a place is, or holds and nothing else. */
export function zipAt(place: string): string | undefined {
  if (isZipName(place)) return isFile(place) ? place : undefined;
  const [only, ...others] = namesIn(place).filter((name) => !name.startsWith('.'));
  if (only === undefined || others.length > 0 || !isZipName(only)) return undefined;
  const file = path.join(place, only);
  return isFile(file) ? file : undefined;
}

/** Removed again if it cannot be filled. */
async function inFolder(
  prefix: string,
  fill: (folder: string) => Promise<Omit<OpenPlace, 'remove'>>,
): Promise<OpenPlace> {
  const made = temporaryFolder(prefix, reaper);
  try {
    // Followed to where it really is, as every folder of a learner.
    const filled = await fill(fs.realpathSync(made.path));
    return { ...filled, remove: () => made.remove() };
  } catch (error) {
    made.remove();
    throw error;
  }
}

function isFile(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
