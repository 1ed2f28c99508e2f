import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../write-atomically.cjs';
import { workbookFolder } from './folder/workbook-folder';
import type { Lesson } from './lesson';

/** Where the Redis of a run that is going on can be reached. */
export type RunningRedis = v.InferOutput<typeof runningSchema>;

const runningSchema = v.object({
  /** The workbook that runs it. */
  pid: v.pipe(v.number(), v.integer()),
  kind: v.picklist(['server', 'embedded']),
  version: v.string(),
  address: v.union([
    v.object({ path: v.string() }),
    v.object({ host: v.string(), port: v.pipe(v.number(), v.integer()) }),
  ]),
});

/** What a lesson's last run left in Redis, as an RDB file; it need not be there. */
export function runSnapshot(workspace: string, lesson: Lesson): string {
  return path.join(runsFolder(workspace), `${lesson.id}.rdb`);
}

/**
 * Tells other terminals where the Redis of a lesson's run is.
 * @returns takes that back
 */
export function announceRun(workspace: string, lesson: Lesson, redis: RunningRedis): () => void {
  const file = announcement(workspace, lesson);
  workbookFolder(workspace, 'runs');
  writeAtomically(file, `${JSON.stringify(redis)}\n`, { mode: 0o600 });
  return () => {
    // A later run of the same lesson has put its own in the place.
    if (findRun(workspace, lesson)?.pid === redis.pid) fs.rmSync(file, { force: true });
  };
}

/** Keeps what a lesson's run left in Redis. @param rdb the file to copy */
export function keepSnapshot(workspace: string, lesson: Lesson, rdb: string): void {
  workbookFolder(workspace, 'runs');
  writeAtomically(runSnapshot(workspace, lesson), fs.readFileSync(rdb));
}

/** The Redis of a lesson's run, where one is going on in another terminal. */
export function findRun(workspace: string, lesson: Lesson): RunningRedis | undefined {
  try {
    const text = fs.readFileSync(announcement(workspace, lesson), 'utf8');
    const running = v.parse(runningSchema, JSON.parse(text));
    process.kill(running.pid, 0);
    return running;
  } catch {
    // None, or of a workbook that was killed.
    return undefined;
  }
}

function announcement(workspace: string, lesson: Lesson): string {
  return path.join(runsFolder(workspace), `${lesson.id}.json`);
}

function runsFolder(workspace: string): string {
  return path.join(workspace, '.workbook', 'runs');
}
