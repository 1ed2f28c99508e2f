import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { folderName } from './courses';
import type { Trial } from './trial';

const recordedVerdict = v.object({
  key: v.string(),
  redis: v.string(),
  verdict: v.string(),
  class: v.optional(v.string()),
  message: v.optional(v.string()),
  next: v.optional(v.string()),
  line: v.optional(v.number()),
  expected: v.optional(v.string()),
  seen: v.optional(v.string()),
});

/** The verdict on one trial, as `npm run verdicts` writes it down: a line of JSON each. */
export type RecordedVerdict = v.InferOutput<typeof recordedVerdict>;

/** What a trial is recorded under, such as `02-basic-operations/wrong/1-redis_op/x.ts`. */
export function recordKey({ lesson, kind, file, path: where }: Trial): string {
  return [folderName(lesson), kind, file, path.basename(where)].join('/');
}

/** Reads a recording. @throws Error if a line is none of its own */
export function readRecording(file: string): RecordedVerdict[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => v.parse(recordedVerdict, JSON.parse(line)));
}
