import assert from 'node:assert/strict';
import { ProgramRun } from '../../runner/grading/program/program-run';
import { findRedis } from '../../runner/redis/find';
import { reaper } from '../../runner/sandbox/process/reaper';
import { Sandbox, type StartOptions } from '../../runner/sandbox/sandbox';
import { courses } from './courses';

/**
 * Runs a program of the second course in a sandbox of its own, on the embedded Redis.
 * @param file absolute
 * @returns what it did, once it has ended
 */
export async function runToItsEnd(
  file: string,
  options: Partial<StartOptions> = {},
): Promise<ProgramRun> {
  const today = courses.find(({ id }) => id === 'today');
  assert.ok(today);
  const sandbox = await Sandbox.open(await findRedis({ offline: true, reaper }));
  try {
    const program = await sandbox.start({
      name: 'program',
      file,
      lent: today.packages,
      ...options,
    });
    const running = new ProgramRun(sandbox, program, today);
    await running.waitUntil(() => false);
    return running;
  } finally {
    await sandbox.close();
  }
}
