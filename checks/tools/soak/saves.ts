import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { embeddedRedis } from '../../../runner/redis/embedded/server/source';
import { readRdb } from '../../../runner/redis/rdb/reader';
import { startRealRedis } from '../../redis/embedded/conformance/real';
import { Wire } from '../../redis/embedded/conformance/wire';
import { dataOf } from '../comparison/performance';
import type { Random } from '../comparison/random';
import { randomDump } from './rdb-data';

/**
 * Lets the embedded Redis load random data and SAVE them, and a real one judge the file, load it,
 * and show the same data.
 * @returns what was wrong, in sentences
 * @throws Error where redis-check-rdb refuses a file
 */
export async function saveAndLoad(random: Random): Promise<string[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'qw-save-'));
  const rdb = path.join(folder, 'dump.rdb');
  try {
    writeFileSync(rdb, randomDump(random));
    const embedded = await embeddedRedis().open({ rdb });
    const saver = await Wire.open(embedded.address);
    const saved = await saver.ask('SAVE');
    const ours = await dataOf(embedded.address);
    saver.close();
    await embedded.close();
    const judged = String(execFileSync('redis-check-rdb', [rdb]));
    const real = await startRealRedis(rdb);
    if (!real) return [`a real Redis does not load ${readFileSync(rdb).toString('base64')}`];
    const theirs = await dataOf(real.place);
    await real.stop();
    const faults: string[] = [];
    if (saved !== '+OK\r\n') faults.push(`SAVE was answered ${saved}`);
    if (!judged.includes('RDB looks OK')) faults.push(`redis-check-rdb: ${judged}`);
    if (ours.length < readRdb(readFileSync(rdb)).length) faults.push('keys are missing');
    if (ours.join('\n') !== theirs.join('\n')) faults.push('a real Redis shows other data');
    return faults;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
