/*
 * Writes dump.rdb, the snapshot that task 0 asks for: one key, Holberton, with the value School.
 *
 *   node -r ./runner/hook.cjs checks/make-dump.ts
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeRdb } from '../../runner/redis/rdb/writer';

/** Where it belongs: the project's root. */
export const dumpFile = path.resolve(__dirname, '../../dump.rdb');

/** The same bytes each time. */
export function makeDump(): Buffer {
  const key = Buffer.from('Holberton');
  return writeRdb([{ db: 0, key, value: { type: 'string', value: Buffer.from('School') } }]);
}

if (require.main === module) writeFileSync(dumpFile, makeDump());
