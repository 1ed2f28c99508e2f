import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

/** One command whose last line is a count. */
export interface Step {
  name: string;
  /** Handed to Node. */
  words: readonly string[];
}

/** What a step came to; the time is in seconds. */
export const outcome = v.object({
  passed: v.number(),
  failed: v.number(),
  skipped: v.number(),
  seconds: v.number(),
});

export type Outcome = v.InferOutput<typeof outcome>;

/** How long a step may take, in ms. */
const longest = 60 * 60_000;

/**
 * Runs a step on another Node, which also comes first on PATH.
 * @param folder of that Node's program
 * @param log the file that gets all that the step prints
 */
export async function runStep(step: Step, folder: string, log: string): Promise<Outcome> {
  const start = performance.now();
  const file = openSync(log, 'w');
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(path.join(folder, 'node'), step.words, {
      env: { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH ?? ''}` },
      stdio: ['ignore', file, file],
      timeout: longest,
    });
    // Ctrl-C reaches the step as well; this signal does not. What broke off is not kept.
    const end = () => {
      child.kill('SIGTERM');
      process.exit(143);
    };
    process.once('SIGTERM', end);
    child.on('error', () => resolve(null));
    child.on('close', (status) => {
      process.off('SIGTERM', end);
      resolve(status);
    });
  });
  closeSync(file);
  const seconds = (performance.now() - start) / 1000;
  return { ...countsOf(readFileSync(log, 'utf8'), code), seconds };
}

/** @returns what the last line counts; a step that breaks off before it can count is one failure */
export function countsOf(printed: string, code: number | null): Omit<Outcome, 'seconds'> {
  const last = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/.exec(printed);
  const [passed = 0, failed = 0, skipped = 0] = (last ?? [])
    .slice(1)
    .map((one) => Number(one ?? 0));
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), skipped };
}
