import { DENSE_BYTES, raiseRegister, readRegister } from './dense';
import { estimate, HASH_BITS, type Observation, observe, REGISTERS } from './registers';
import { emptyRuns, MAX_RANK, type Run, raise, readRuns } from './sparse';

/** `HYLL`, the encoding, three bytes that nothing uses, and the count of last time. */
const HEADER = 16;
const MAGIC = 'HYLL';
const ENCODINGS = ['dense', 'sparse'] as const;
/** The highest bit of the count, set while it is not up to date. */
const STALE = 0x80;

/** The bytes of a sketch do not add up. */
export class DamagedSketch extends Error {
  override name = 'DamagedSketch';
}

/**
 * A HyperLogLog: how many different elements were seen, within a percent, in 12 kB at most. The
 * bytes are those that Redis keeps as a string, so that GET and SET carry it from one to the other.
 */
export class Sketch {
  readonly #header: Buffer;
  #body: Buffer;

  /** @param longest bytes of the sparse form; where it would need more it becomes dense */
  private constructor(
    bytes: Buffer,
    readonly longest: number,
  ) {
    this.#header = bytes.subarray(0, HEADER);
    this.#body = bytes.subarray(HEADER);
  }

  /** One that has seen nothing. */
  static empty(longest: number): Sketch {
    const header = Buffer.alloc(HEADER);
    header.write(MAGIC);
    header[4] = 1;
    return new Sketch(Buffer.concat([header, emptyRuns()]), longest);
  }

  /** The sketch in a string; undefined where there is none in it. */
  static read(text: string, longest: number): Sketch | undefined {
    const encoding = text.charCodeAt(4);
    if (text.length < HEADER || !text.startsWith(MAGIC) || encoding > 1) return undefined;
    if (encoding === 0 && text.length !== HEADER + DENSE_BYTES) return undefined;
    return new Sketch(Buffer.from(text, 'latin1'), longest);
  }

  get encoding(): 'dense' | 'sparse' {
    return ENCODINGS[this.#header[4] === 0 ? 0 : 1];
  }

  /** The count of last time, where nothing has changed since. */
  get knownCount(): number | undefined {
    return (this.#header[15] ?? 0) & STALE ? undefined : Number(this.#header.readBigUInt64LE(8));
  }

  /** Counts, and keeps the count. @throws DamagedSketch */
  count(): number {
    const histogram = new Array<number>(HASH_BITS + 14).fill(0);
    for (const rank of this.ranks()) histogram[rank] = (histogram[rank] ?? 0) + 1;
    const count = estimate(histogram);
    this.#header.writeBigUInt64LE(BigInt(count), 8);
    return count;
  }

  /** The kept count no longer holds. */
  forgetCount(): void {
    this.#header[15] = (this.#header[15] ?? 0) | STALE;
  }

  /** @param element a character a byte. @returns whether that changed anything. @throws DamagedSketch */
  add(element: string): boolean {
    return this.raise(observe(element));
  }

  /** Makes a register hold a rank at least. @returns whether it held less. @throws DamagedSketch */
  raise(seen: Observation): boolean {
    if (this.encoding === 'dense') return raiseRegister(this.#body, seen);
    if (seen.rank <= MAX_RANK) {
      const raised = raise(this.#body, seen, this.longest - HEADER);
      if (raised === 'damaged') throw new DamagedSketch();
      if (raised === this.#body) return false;
      if (raised !== 'full') {
        this.#body = raised;
        return true;
      }
    }
    this.makeDense();
    return raiseRegister(this.#body, seen);
  }

  /** @throws DamagedSketch */
  makeDense(): void {
    if (this.encoding === 'dense') return;
    const dense = Buffer.alloc(DENSE_BYTES);
    let register = 0;
    for (const rank of this.ranks()) {
      if (rank > 0) raiseRegister(dense, { register, rank });
      register += 1;
    }
    this.#body = dense;
    this.#header[4] = 0;
  }

  /** What each register holds, from the first to the last. @throws DamagedSketch */
  ranks(): number[] {
    if (this.encoding === 'dense') {
      return Array.from({ length: REGISTERS }, (_, register) => readRegister(this.#body, register));
    }
    return this.runs().flatMap(({ rank, count }) => new Array<number>(count).fill(rank));
  }

  /** Of a sparse one. @throws DamagedSketch */
  runs(): Run[] {
    const runs = readRuns(this.#body);
    if (!runs) throw new DamagedSketch();
    return runs;
  }

  /** As Redis keeps it, a character a byte. */
  toString(): string {
    return this.#header.toString('latin1') + this.#body.toString('latin1');
  }
}
