import fs from 'node:fs';
import * as v from 'valibot';
import { EnvironmentError } from '../../redis/instance';
import { datedName } from '../folder/dated-name';
import { firstCourse, writeHints, writeLast, writeVerdict } from './lesson-record';
import { type Progress, verdictSchema } from './progress';
import { type Read, readRecord, recordFile } from './record';

/*
 * Until version 0.1 all progress was in one file, `.workbook/progress.json`, which knew one course.
 */

const oldName = ['progress.json'];

const oldSchema = v.object({
  schema: v.literal(1),
  last: v.optional(v.string()),
  lessons: v.record(
    v.string(),
    v.object({
      ...verdictSchema.entries,
      hints: v.optional(v.array(v.pipe(v.number(), v.integer())), []),
    }),
  ),
});

/**
 * Takes the old record over, where there is one: each lesson gets its own files, but for those that
 * have them already, so that it can be begun again after a kill in the middle. Then the old file is
 * kept under a dated name. A verdict is taken over with its hash of the check, which now covers
 * more: so a pass is on record still, and shown as "check again".
 * @returns what the old record held, also where nothing can be written
 * @throws EnvironmentError where it cannot be read, or is damaged and cannot be renamed
 */
export function takeOverOldRecord(workspace: string): Read<Progress> {
  const read = readRecord(workspace, oldName, oldSchema);
  if (!read.value) return { setAside: read.setAside };
  const { last, lessons } = read.value;
  try {
    for (const [id, { hints, ...verdict }] of Object.entries(lessons)) {
      if (verdict.verdict) writeVerdict(workspace, id, verdict, firstCourse, { isNew: true });
      if (hints.length > 0) writeHints(workspace, id, hints, firstCourse, { isNew: true });
    }
    if (last !== undefined) writeLast(workspace, last, firstCourse, { isNew: true });
    retire(workspace);
  } catch (error) {
    // It stays as it is, to be taken over another time.
    if (!(error instanceof EnvironmentError)) throw error;
  }
  return { value: { lessons, ...(last === undefined ? {} : { last }) } };
}

function retire(workspace: string): void {
  const file = recordFile(workspace, oldName);
  try {
    fs.renameSync(file, datedName(recordFile(workspace, []), 'progress-before', '.json'));
  } catch {
    // Another workbook has just done the same; or it is done at the next start.
  }
}
