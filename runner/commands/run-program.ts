import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Planned } from '../course/run-plan';
import type { RunProgram } from '../sandbox/run';

/**
 * How a planned program is started: as it is, or, for tests, by what runs them.
 * @returns the program, and what removes the files that were made for it
 */
export async function programOf(
  planned: Planned,
): Promise<{ program: RunProgram; remove: () => void }> {
  const { name, file, replaced } = planned;
  if (!/\.test$/.test(name)) return { program: { name, file, replaced }, remove: () => {} };
  const { Source } = await import('../grader/source');
  const style = styleOf(() => new Source(file).uses('uvu'));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-run-'));
  return {
    program: {
      name,
      file: require.resolve('../grader/players/test-file'),
      folder: path.dirname(file),
      args: [file, style, path.join(folder, 'told.json')],
      replaced,
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A file that does not parse is Mocha's to complain about. */
function styleOf(usesUvu: () => boolean): 'uvu' | 'mocha' {
  try {
    return usesUvu() ? 'uvu' : 'mocha';
  } catch {
    return 'mocha';
  }
}
