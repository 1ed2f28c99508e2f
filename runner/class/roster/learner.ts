import { readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../course/usage-error';

/** Somebody whose folder is graded. Two may have one name; no two have one folder. */
export interface Learner {
  name: string;
  /** Absolute. */
  folder: string;
  /** How a learning platform knows them; absent where nobody said. */
  id?: string;
  email?: string;
  section?: string;
  /** Until when this learner may hand in without being late, as an ISO date; absent for no such date. */
  due?: string;
}

/**
 * Every folder below those given, each of one learner, by its name.
 * @throws UsageError for one that is none, or has none below
 */
export function learnersBelow(given: readonly string[]): Learner[] {
  const learners = given.flatMap((one) => {
    const below = foldersIn(one);
    if (below.length > 0) return below;
    throw new UsageError(
      `"${one}" has no folders of learners.`,
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
      .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name))
      .map(({ name }) => ({ name: learnerName(name), folder: path.join(top, name) }))
      .sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UsageError(`"${given}" cannot be read (${code}).`, 'Name a folder that is there.');
  }
}

/** Moodle names a folder `Ada Lovelace_12345_assignsubmission_file`. */
function learnerName(folder: string): string {
  return folder.replace(/_\d+_assignsubmission_.*$/, '') || folder;
}
