import { ProtocolError, RedisReplyError, type Reply, SimpleString } from './resp';

/** Takes a bulk string out of a chunk, which may not be kept: it belongs to the connection. */
export type ReadBulk<Bulk> = (bytes: Buffer, start: number, end: number) => Bulk;

/**
 * Turns the bytes of a server into replies, whichever way they are cut into chunks. The parser
 * packages tell neither a status from a bulk string nor keep integers past 2^53 exact. All that a
 * program sends and hears comes through here, so counts are read off the bytes, not out of text.
 */
export class ReplyReader<Bulk = Buffer> {
  readonly #readBulk: ReadBulk<Bulk>;
  #bytes: Buffer = Buffer.alloc(0);
  #position = 0;
  /** Chunks that arrived while a long reply was incomplete: joined once there are enough. */
  #waiting: Buffer[] = [];
  #missing = 0;
  /** Arrays begun and not ended, the innermost last. */
  #open: Begun<Bulk>[] = [];

  /** @param readBulk `bytesOf` for replies, `textOf` where text will do */
  constructor(readBulk: ReadBulk<Bulk>) {
    this.#readBulk = readBulk;
  }

  /**
   * @param chunk the next bytes
   * @returns the replies that they complete
   * @throws ProtocolError where they are no RESP2; nothing can be read after that
   */
  read(chunk: Buffer): Reply<Bulk>[] {
    this.#waiting.push(chunk);
    this.#missing -= chunk.length;
    if (this.#missing > 0) return [];
    this.#join(chunk);
    const replies: Reply<Bulk>[] = [];
    for (let item = this.#next(); item !== undefined; item = this.#next()) {
      const whole = this.#close(item);
      if (whole !== undefined) replies.push(whole);
    }
    return replies;
  }

  #join(chunk: Buffer): void {
    const left = this.#bytes.length - this.#position;
    // Mostly a chunk ends where a reply ends: then nothing has to be copied.
    this.#bytes =
      left === 0 && this.#waiting.length === 1
        ? chunk
        : Buffer.concat([this.#bytes.subarray(this.#position), ...this.#waiting]);
    this.#position = 0;
    this.#waiting = [];
    this.#missing = 0;
  }

  /** One value, or the beginning of an array; undefined where it is not all there. */
  #next(): Reply<Bulk> | Begun<Bulk> | undefined {
    const bytes = this.#bytes;
    const start = this.#position;
    if (start === bytes.length) return undefined;
    const type = bytes[start];
    if (type === undefined || !types.has(type)) throw new ProtocolError(notRedis);
    const end = lineEnd(bytes, start);
    if (end < 0) {
      if (bytes.length - start > longestLine) throw new ProtocolError(notRedis);
      return undefined;
    }
    if (type === DOLLAR) return this.#bulk(count(bytes, start + 1, end), end + 2);
    this.#position = end + 2;
    if (type === STAR) {
      const length = count(bytes, start + 1, end);
      return length < 0 ? null : new Begun(length);
    }
    const line = bytes.toString('utf8', start + 1, end);
    if (type === COLON) return integer(line);
    return type === PLUS ? new SimpleString(line) : new RedisReplyError(line);
  }

  #bulk(length: number, start: number): Bulk | null | undefined {
    if (length < 0) {
      this.#position = start;
      return null;
    }
    const end = start + length;
    if (this.#bytes.length < end + 2) {
      this.#missing = end + 2 - this.#bytes.length;
      return undefined;
    }
    this.#position = end + 2;
    return this.#readBulk(this.#bytes, start, end);
  }

  /** Puts a value in its place; returns it, or the array that it ends, once that is a whole reply. */
  #close(item: Reply<Bulk> | Begun<Bulk>): Reply<Bulk> | undefined {
    if (item instanceof Begun) {
      this.#open.push(item);
    } else {
      const array = this.#open.at(-1);
      if (!array) return item;
      array.items.push(item);
    }
    const array = this.#open.at(-1);
    if (!array || array.items.length < array.length) return undefined;
    this.#open.pop();
    return this.#close(array.items);
  }
}

/** A bulk string as it is, apart from the chunk. */
export function bytesOf(bytes: Buffer, start: number, end: number): Buffer {
  return Buffer.from(bytes.subarray(start, end));
}

/** A bulk string as text. */
export function textOf(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, end);
}

/** An array that has begun: how many items it will have, and those that are there. */
class Begun<Bulk> {
  readonly items: Reply<Bulk>[] = [];
  constructor(readonly length: number) {}
}

const [CR, LF, PLUS, MINUS, COLON, DOLLAR, STAR] = [13, 10, 43, 45, 58, 36, 42];
const types = new Set([PLUS, MINUS, COLON, DOLLAR, STAR]);

/** Lines are statuses, errors and numbers: short, unlike bulk strings. */
const longestLine = 64 * 1024;
const notRedis = 'The answer is not in the protocol of Redis.';

/** Where CR LF begins, at or after a place; -1 where it is not there yet. */
function lineEnd(bytes: Buffer, from: number): number {
  const last = bytes.length - 1;
  for (let at = from; at < last; at += 1) {
    if (bytes[at] === CR && bytes[at + 1] === LF) return at;
  }
  return -1;
}

/** How many follow: up to ten digits, or -1 for nothing at all. */
function count(bytes: Buffer, start: number, end: number): number {
  if (end - start === 2 && bytes[start] === MINUS && bytes[start + 1] === ONE) return -1;
  if (end === start || end - start > 10) throw new ProtocolError(notRedis);
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) throw new ProtocolError(notRedis);
    value = value * 10 + digit;
  }
  return value;
}

const [ZERO, ONE] = [48, 49];

function integer(digits: string): number | bigint {
  if (!/^[+-]?\d{1,20}$/.test(digits)) throw new ProtocolError(notRedis);
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}
