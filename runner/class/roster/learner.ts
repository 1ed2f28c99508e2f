import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../course/usage-error';
import { isZipName } from '../submission/zip';

/** Somebody whose folder is graded. Two may have one name; no two have one folder. */
export interface Learner {
  name: string;
  /** Absolute; or the URL of a repository. It may also be a zip, or a repository on this machine. */
  folder: string;
  /** How a learning platform knows them; absent where nobody said. */
  id?: string;
  email?: string;
  section?: string;
  /** Until when this learner may hand in without being late, as an ISO date; absent for no such date. */
  due?: string;
}

/**
 * Every folder and every zip below those given, each of one learner, by its name. A zip beside a folder of
 * its name was unpacked there, and does not count.
 * @throws UsageError for one that is none, or has none below
 */
export function learnersBelow(given: readonly string[]): Learner[] {
  const learners = given.flatMap((one) => {
    const below = foldersIn(one);
    if (below.length > 0) return below;
    throw new UsageError(
      `"${one}" has no folders of learners, and no zips.`,
      'Give the folder in which each learner has a folder, or a list of them with --roster.',
    );
  });
  const seen = new Set<string>();
  return learners.filter(({ folder }) => {
    const place = realpathSync(folder);
    return !seen.has(place) && seen.add(place);
  });
}

function foldersIn(given: string): Learner[] {
  const top = path.resolve(given);
  try {
    return readdirSync(top, { withFileTypes: true })
      .filter((entry) => isHandedIn(entry) && !/^(\.|node_modules$)/.test(entry.name))
      .map(({ name }) => ({ name: learnerName(name), folder: path.join(top, name) }))
      .filter(({ folder }, _, all) => !all.some((other) => folder === `${other.folder}.zip`))
      .sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UsageError(`"${given}" cannot be read (${code}).`, 'Name a folder that is there.');
  }
}

function isHandedIn(entry: Dirent): boolean {
  return entry.isDirectory() || (entry.isFile() && isZipName(entry.name));
}

/** Moodle names a folder `Ada Lovelace_12345_assignsubmission_file`, and a bare repository ends in `.git`. */
function learnerName(name: string): string {
  const plain = name.replace(/\.(?:zip|git)$/i, '');
  return plain.replace(/_\d+_assignsubmission_.*$/, '') || plain;
}
