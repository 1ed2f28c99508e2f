/*
 * Throws random and mutated commands at the embedded Redis, and mutated files at the reader of RDB
 * files, and ends by itself.
 *   npm run soak -- [--commands 1000000] [--files 200000] [--saves 50] [--seed NUMBER]
 * Fails where the server crashes, leaves another client without an answer, or keeps memory; and
 * where a file brings anything but keys or a named fault, or a real Redis refuses what SAVE wrote.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Random } from './comparison/random';
import { readMutatedFiles } from './soak/rdb-files';
import { megabytes, soak } from './soak/run';
import { saveAndLoad } from './soak/saves';

const MEGABYTE = 1024 * 1024;
const bounds = { peak: 1024 * MEGABYTE, growth: 32 * MEGABYTE };
/** Clients that ask for 200 MB and read nothing. */
const UNREAD = 20;

const { values: options } = parseArgs({
  options: {
    commands: { type: 'string', default: '1000000' },
    files: { type: 'string', default: '200000' },
    saves: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
});

async function main(): Promise<string[]> {
  const seed = Number(options.seed);
  console.log(`seed ${seed}`);
  const result = await soak({ seed, commands: Number(options.commands), unread: UNREAD }, bounds);
  table([
    ['commands sent', result.sent],
    ['commands run, as the server counts them', result.processed],
    ['connections', result.connections],
    ['of these ended by a protocol error', result.protocolErrors],
    ['clients cut off that read nothing', result.cutOff],
    ['looks of the witness', result.looks],
    ['the longest look', `${result.longestLook.toFixed(0)} ms`],
    ['resident at the start', megabytes(result.before.rss)],
    ['resident at most', megabytes(result.peak)],
    ['resident in the end', megabytes(result.after.rss)],
    ['values and buffers at the start', megabytes(result.before.heap)],
    ['values and buffers in the end', megabytes(result.after.heap)],
    ['time', `${result.seconds.toFixed(0)} s`],
  ]);
  const files = readMutatedFiles(new Random(seed), Number(options.files));
  table([
    ['mutated RDB files', files.files],
    ['of these still read', files.read],
    ...[...files.refused].map(([reason, count]) => [`found ${reason}`, count] as const),
    ['the longest reading', `${files.longest.toFixed(0)} ms`],
  ]);
  const random = new Random(seed);
  const faults = [...result.faults, ...files.faults];
  for (let saved = 0; saved < Number(options.saves); saved += 1) {
    faults.push(...(await saveAndLoad(random)));
  }
  table([['files saved, judged and loaded by a real Redis', options.saves]]);
  return faults;
}

function table(rows: readonly (readonly [name: string, value: string | number])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
}

main().then((faults) => {
  for (const fault of faults) console.error(fault);
  process.exit(faults.length === 0 ? 0 : 1);
});
