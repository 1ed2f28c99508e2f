import fs from 'node:fs';
import path from 'node:path';
import { EnvironmentError } from '../../redis/instance';
import type { Lesson } from '../lesson';
import { UsageError } from '../usage-error';
import { copyStarter } from './copy-starter';
import { datedName } from './dated-name';
import { workbookFolder } from './workbook-folder';
import { endings, isStarter, starterOf, type Workspace } from './workspace';

/** One file put back. */
export interface ResetFile {
  /** The file's name in the workspace. */
  file: string;
  /** Where the learner's version is kept; absent where there was nothing worth keeping. */
  kept?: string;
}

/**
 * Puts a lesson's starters back. What the learner had is moved to a dated name beside progress.
 * @returns what was replaced; empty where everything was still the starter
 * @throws UsageFault for a folder that is only read; EnvironmentFault for one that cannot be written
 */
export function resetLesson(lesson: Lesson, workspace: Workspace, now = new Date()): ResetFile[] {
  if (workspace.readOnly) {
    throw new UsageError(
      'A folder given by --dir is only read, so nothing in it can be reset.',
      'Leave --dir out to reset the file in your workspace.',
    );
  }
  try {
    return lesson.files.flatMap((name) => resetFile(lesson, workspace.folder, name, now));
  } catch (error) {
    throw new EnvironmentError(
      `The starter cannot be put back (${(error as NodeJS.ErrnoException).code ?? error}): ${workspace.folder}`,
      'What you wrote is still there, or under .workbook/kept in that folder.',
    );
  }
}

function resetFile(lesson: Lesson, folder: string, name: string, now: Date): ResetFile[] {
  const done: ResetFile[] = [];
  for (const ending of endings(lesson, name)) {
    const file = path.join(folder, name + ending);
    if (!fs.existsSync(file) || isStarter(lesson, name, file)) continue;
    const kept = datedName(workbookFolder(folder, 'kept'), name, ending, now);
    fs.renameSync(file, kept);
    done.push({ file: name + ending, kept });
  }
  const starter = starterOf(lesson, name);
  const laid = starter && copyStarter(starter, folder);
  if (laid && done.length === 0) done.push({ file: laid });
  return done;
}
