import { RdbError } from './error';

/** Reads forward over bytes and never past their end. */
export class Cursor {
  position = 0;

  /** @param limits shared by the cursors over parts of one file */
  constructor(
    readonly bytes: Buffer,
    readonly limits: Limits = new Limits(),
  ) {}

  get remaining(): number {
    return this.bytes.length - this.position;
  }

  /**
   * The next `count` bytes, without copying.
   * @throws RdbError `truncated` where there are fewer
   */
  take(count: number): Buffer {
    return this.bytes.subarray(this.advance(count), this.position);
  }

  byte(): number {
    return this.bytes.readUInt8(this.advance(1));
  }

  uint16(): number {
    return this.bytes.readUInt16LE(this.advance(2));
  }

  uint32(): number {
    return this.bytes.readUInt32LE(this.advance(4));
  }

  uint32BigEndian(): number {
    return this.bytes.readUInt32BE(this.advance(4));
  }

  uint64BigEndian(): bigint {
    return this.bytes.readBigUInt64BE(this.advance(8));
  }

  /** A signed integer, little-endian. @param size 1, 2, 3, 4 or 8 bytes */
  int(size: number): number | bigint {
    const at = this.advance(size);
    return size === 8 ? this.bytes.readBigInt64LE(at) : this.bytes.readIntLE(at, size);
  }

  double(): number {
    return this.bytes.readDoubleLE(this.advance(8));
  }

  /** A cursor over other bytes of the same file, such as those of a ziplist. */
  over(bytes: Buffer): Cursor {
    return new Cursor(bytes, this.limits);
  }

  /**
   * Refuses a count of things of which not even one byte each is left.
   * @throws RdbError `truncated`
   */
  expect(count: number): number {
    if (!(count <= this.remaining)) throw truncated();
    this.limits.addItems(count);
    return count;
  }

  private advance(count: number): number {
    const at = this.position;
    if (!(count <= this.remaining)) throw truncated();
    this.position += count;
    return at;
  }
}

/** Keeps a small hostile file from unfolding to more than the memory holds. */
export class Limits {
  private bytes = 256 * 1024 * 1024;
  private items = 2_000_000;

  /** @throws RdbError `too-big` */
  addBytes(count: number): void {
    this.bytes -= count;
    if (this.bytes < 0) throw tooBig();
  }

  /** @throws RdbError `too-big` */
  addItems(count: number): void {
    this.items -= count;
    if (this.items < 0) throw tooBig();
  }
}

const truncated = () => new RdbError('truncated', 'ends in the middle: part of it is missing');
const tooBig = () => new RdbError('too-big', 'holds more than the workbook is ready to read');
