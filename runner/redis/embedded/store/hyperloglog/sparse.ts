import { type Observation, REGISTERS } from './registers';

/**
 * The registers of a small HyperLogLog, as runs of equal ones. Three kinds of opcodes:
 * `00nnnnnn`, up to 64 zeros; `01nnnnnn nnnnnnnn`, up to 16384 zeros; `1vvvvvnn`, up to four times a
 * rank of 1 to 32. A number is written as one less than it is.
 */
export interface Run {
  readonly rank: number;
  readonly count: number;
  /** Written in two bytes: `Z` where the short form is `z`, as PFDEBUG shows it. */
  readonly long: boolean;
}

/** A larger rank does not fit. */
export const MAX_RANK = 32;
const MAX_COUNT = 4;
const MAX_SHORT_ZEROS = 64;
/** Where it is looked for neighbours that have become equal: so many runs from the one before on. */
const MERGED_RUNS = 5;

/** The runs in the bytes; undefined where they do not make up all registers. */
export function readRuns(bytes: Buffer): Run[] | undefined {
  const runs: Run[] = [];
  let registers = 0;
  for (let at = 0; at < bytes.length; ) {
    const run = readRun(bytes, at);
    at += sizeOf(run);
    registers += run.count;
    if (registers > REGISTERS) return undefined;
    runs.push(run);
  }
  return registers === REGISTERS ? runs : undefined;
}

/** As many zeros as there are registers. */
export function emptyRuns(): Buffer {
  return writeZeros(REGISTERS);
}

/**
 * Makes a register hold at least a rank of up to {@link MAX_RANK}.
 * @param longest bytes that there may be before neighbours are joined
 * @returns the bytes, the same ones where nothing changed
 */
export function raise(
  bytes: Buffer,
  { register, rank }: Observation,
  longest: number,
): Buffer | 'damaged' | 'full' {
  let at = 0;
  let first = 0;
  let before = 0;
  let run: Run | undefined;
  for (; at < bytes.length; at += sizeOf(run), first += run.count) {
    run = readRun(bytes, at);
    if (register < first + run.count) break;
    before = at;
  }
  if (!run || at >= bytes.length) return 'damaged';
  if (run.rank >= rank) return bytes;
  const left = register - first;
  const right = run.count - left - 1;
  const parts = Buffer.concat([write(run.rank, left), write(rank, 1), write(run.rank, right)]);
  const growth = parts.length - sizeOf(run);
  if (growth > 0 && bytes.length + growth > longest) return 'full';
  const raised = [bytes.subarray(0, at), parts, bytes.subarray(at + sizeOf(run))];
  return merge(Buffer.concat(raised), before);
}

function readRun(bytes: Buffer, at: number): Run {
  const first = bytes[at] ?? 0;
  if (first >= 0x80) return { rank: ((first >> 2) & 31) + 1, count: (first & 3) + 1, long: false };
  if (first < 0x40) return { rank: 0, count: first + 1, long: false };
  return { rank: 0, count: (((first & 0x3f) << 8) | (bytes[at + 1] ?? 0)) + 1, long: true };
}

function sizeOf(run: Run): number {
  return run.long ? 2 : 1;
}

function write(rank: number, count: number): Buffer {
  if (count === 0) return Buffer.alloc(0);
  return rank === 0 ? writeZeros(count) : Buffer.of(0x80 | ((rank - 1) << 2) | (count - 1));
}

function writeZeros(count: number): Buffer {
  if (count <= MAX_SHORT_ZEROS) return Buffer.of(count - 1);
  return Buffer.of(0x40 | ((count - 1) >> 8), (count - 1) & 0xff);
}

/** Joins neighbours of one rank, from a place on, as far as Redis looks. */
function merge(given: Buffer, from: number): Buffer {
  let bytes = given;
  let at = from;
  for (let looks = 0; looks < MERGED_RUNS && at < bytes.length; looks += 1) {
    const run = readRun(bytes, at);
    const next = at + 1 < bytes.length ? readRun(bytes, at + 1) : undefined;
    const count = run.count + (next?.count ?? 0);
    if (run.rank > 0 && run.rank === next?.rank && count <= MAX_COUNT) {
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        write(run.rank, count),
        bytes.subarray(at + 2),
      ]);
    } else at += sizeOf(run);
  }
  return bytes;
}
