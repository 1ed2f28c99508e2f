import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * A name with the date and time in it that is still free: `1-key.2026-01-31T12-00-00.ts`.
 * @param stem what stands before the date
 * @param ending what stands after it, with its dot
 * @returns an absolute path where the folder's is
 */
export function datedName(folder: string, stem: string, ending: string, now = new Date()): string {
  const date = now.toISOString().slice(0, 19).replaceAll(':', '-');
  for (let copy = 1; ; copy++) {
    const label = copy === 1 ? `${stem}.${date}` : `${stem}.${date}-${copy}`;
    const name = path.join(folder, label + ending);
    if (!existsSync(name)) return name;
  }
}
