import fs from 'node:fs';
import path from 'node:path';
import { workspaceFolder } from '../../course/folder/workspace';
import { EnvironmentError } from '../../redis/instance';
import { temporaryFolder, temporaryPlace, temporaryVariable } from '../../redis/temporary';
import type { Symptom } from './symptom';

/** What a check writes for a short time, in bytes. */
const room = 20_000_000;

/** Whether temporary files can be written, and enough of them. */
export function temporaryFiles(): Symptom {
  const what = 'temporary folder';
  const place = temporaryPlace();
  const cure = `Make room there, or set ${temporaryVariable()} to a folder on another disk.`;
  try {
    const folder = temporaryFolder('workbook-');
    try {
      fs.writeFileSync(path.join(folder.path, 'trial'), Buffer.alloc(100_000));
    } finally {
      folder.remove();
    }
  } catch (error) {
    if (error instanceof EnvironmentError) {
      return { what, state: 'bad', found: error.message, cure: error.next };
    }
    return { what, state: 'bad', found: `${place} cannot be written (${codeOf(error)})`, cure };
  }
  return withSpace(what, place, cure);
}

/** Whether the learner's files can be kept; nothing is made for it. */
export function workspace(env: NodeJS.ProcessEnv): Symptom {
  const what = 'your files';
  const cure = 'Set WORKBOOK_HOME to a folder of your own with room in it.';
  let folder: string;
  try {
    folder = workspaceFolder(env);
  } catch (error) {
    return {
      what,
      state: 'bad',
      found: `the current folder is not there (${codeOf(error)})`,
      cure: 'Go to a folder that is there (cd ..), and start again.',
    };
  }
  const there = nearestThere(folder);
  try {
    fs.accessSync(there, fs.constants.W_OK);
  } catch (error) {
    return { what, state: 'bad', found: `${folder} cannot be written (${codeOf(error)})`, cure };
  }
  return withSpace(what, there, cure, folder);
}

/** The folder itself or the nearest above it that is there, with its links followed. */
export function nearestThere(folder: string): string {
  let there = folder;
  while (!fs.existsSync(there) && there !== path.dirname(there)) there = path.dirname(there);
  return fs.realpathSync(there);
}

function withSpace(what: string, place: string, cure: string, shown = place): Symptom {
  const { bavail, bsize } = fs.statfsSync(place);
  const free = bavail * bsize;
  const found = `${shown}, ${Math.floor(free / 1_000_000)} MB free`;
  return free < room ? { what, state: 'poor', found, cure } : { what, state: 'good', found };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
