import { formBy, ProtocolError, Push, RedisReplyError, type Reply, SimpleString } from './resp';

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
  /** Arrays and their like begun and not ended, the innermost last. */
  #open: Begun<Bulk>[] = [];

  /** @param readBulk `bytesOf` for replies, `textOf` where text will do */
  constructor(readBulk: ReadBulk<Bulk>) {
    this.#readBulk = readBulk;
  }

  /**
   * @param chunk the next bytes
   * @returns the replies and pushes that they complete
   * @throws ProtocolError where they are neither RESP2 nor RESP3, or a value that is streamed;
   *   nothing can be read after that
   */
  read(chunk: Buffer): (Reply<Bulk> | Push<Bulk>)[] {
    this.#waiting.push(chunk);
    this.#missing -= chunk.length;
    if (this.#missing > 0) return [];
    this.#join(chunk);
    const replies: (Reply<Bulk> | Push<Bulk>)[] = [];
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

  /** One value, or the beginning of several; undefined where it is not all there. */
  #next(): Reply<Bulk> | Begun<Bulk> | undefined {
    const bytes = this.#bytes;
    const start = this.#position;
    const sign = bytes[start];
    if (sign === undefined) return undefined;
    const form = formBy(sign);
    if (form === undefined) throw new ProtocolError(notRedis);
    const end = lineEnd(bytes, start);
    if (end < 0) {
      if (bytes.length - start > longestLine) throw new ProtocolError(notRedis);
      return undefined;
    }
    if (form === 'bytes') return this.#bulk(sign, count(bytes, start + 1, end), end + 2);
    this.#position = end + 2;
    if (form === 'line') return this.#line(sign, start + 1, end);
    const length = count(bytes, start + 1, end);
    if (length < 0) return null;
    return new Begun(sign, form === 'items' ? length : 2 * length);
  }

  #line(sign: number, start: number, end: number): Reply<Bulk> {
    if (sign === UNDERSCORE) return null;
    if (sign === COMMA || sign === PAREN) return this.#readBulk(this.#bytes, start, end);
    const line = this.#bytes.toString('utf8', start, end);
    if (sign === COLON) return integer(line);
    if (sign === HASH) return line === 't' ? 1 : 0;
    return sign === PLUS ? new SimpleString(line) : new RedisReplyError(line);
  }

  #bulk(sign: number, length: number, start: number): Reply<Bulk> | undefined {
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
    if (sign === BANG) return new RedisReplyError(this.#bytes.toString('utf8', start, end));
    // A verbatim string begins with its format, such as `txt:`.
    return this.#readBulk(this.#bytes, sign === EQUALS ? start + 4 : start, end);
  }

  /** Puts a value in its place; returns it, or the array that it ends, once that is a whole reply. */
  #close(item: Reply<Bulk> | Begun<Bulk>): Reply<Bulk> | Push<Bulk> | undefined {
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
    // What is said about a reply is no part of it.
    if (array.sign === PIPE) return undefined;
    if (array.sign === GREATER && this.#open.length === 0) return new Push(array.items);
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

/** Several values that have begun: how many there will be, and those that are there. */
class Begun<Bulk> {
  readonly items: Reply<Bulk>[] = [];
  constructor(
    readonly sign: number,
    readonly length: number,
  ) {}
}

const [CR, LF, BANG, HASH, PAREN, PLUS, COMMA, MINUS] = [13, 10, 33, 35, 40, 43, 44, 45];
const [COLON, EQUALS, GREATER, UNDERSCORE, PIPE] = [58, 61, 62, 95, 124];

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
