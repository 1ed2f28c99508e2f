import { ProtocolError, RedisReplyError, type Reply, SimpleString } from './resp';

/**
 * Turns the bytes of a server into replies, whichever way they are cut into chunks. The parser
 * packages tell neither a status from a bulk string nor keep integers past 2^53 exact.
 */
export class ReplyReader {
  #bytes: Buffer = Buffer.alloc(0);
  #position = 0;
  /** Chunks that arrived while a long reply was incomplete: joined once there are enough. */
  #waiting: Buffer[] = [];
  #missing = 0;
  /** Arrays begun and not ended, the innermost last. */
  #open: { items: Reply[]; length: number }[] = [];

  /**
   * @param chunk the next bytes
   * @returns the replies that they complete
   * @throws ProtocolError where they are no RESP2; nothing can be read after that
   */
  read(chunk: Buffer): Reply[] {
    this.#waiting.push(chunk);
    this.#missing -= chunk.length;
    if (this.#missing > 0) return [];
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#position), ...this.#waiting]);
    this.#position = 0;
    this.#waiting = [];
    this.#missing = 0;
    const replies: Reply[] = [];
    for (let item = this.#next(); item !== undefined; item = this.#next()) {
      const whole = this.#close(item);
      if (whole !== undefined) replies.push(whole);
    }
    return replies;
  }

  /** One value, or the beginning of an array; undefined where it is not all there. */
  #next(): Reply | Begun | undefined {
    const end = this.#bytes.indexOf('\r\n', this.#position);
    if (end < 0) {
      if (this.#bytes.length - this.#position > longestLine) throw new ProtocolError(notRedis);
      this.#checkType();
      return undefined;
    }
    const type = this.#checkType();
    const line = this.#bytes.toString('utf8', this.#position + 1, end);
    if (type === '$') return this.#bulk(line, end + 2);
    this.#position = end + 2;
    switch (type) {
      case '+':
        return new SimpleString(line);
      case '-':
        return new RedisReplyError(line);
      case ':':
        return integer(line);
      default:
        return line === '-1' ? null : new Begun(size(line));
    }
  }

  #checkType(): string {
    const type = String.fromCharCode(this.#bytes[this.#position] ?? 43);
    if (!'+-:$*'.includes(type)) throw new ProtocolError(notRedis);
    return type;
  }

  #bulk(line: string, start: number): Buffer | null | undefined {
    if (line === '-1') {
      this.#position = start;
      return null;
    }
    const end = start + size(line);
    if (this.#bytes.length < end + 2) {
      this.#missing = end + 2 - this.#bytes.length;
      return undefined;
    }
    this.#position = end + 2;
    return Buffer.from(this.#bytes.subarray(start, end));
  }

  /** Puts a value in its place; returns it, or the array that it ends, once that is a whole reply. */
  #close(item: Reply | Begun): Reply | undefined {
    if (item instanceof Begun) {
      this.#open.push({ items: [], length: item.length });
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

/** The beginning of an array: how many items follow. */
class Begun {
  constructor(readonly length: number) {}
}

/** Lines are statuses, errors and numbers: short, unlike bulk strings. */
const longestLine = 64 * 1024;
const notRedis = 'The answer is not in the protocol of Redis.';

function size(digits: string): number {
  if (!/^\d{1,10}$/.test(digits)) throw new ProtocolError(notRedis);
  return Number(digits);
}

function integer(digits: string): number | bigint {
  if (!/^[+-]?\d{1,20}$/.test(digits)) throw new ProtocolError(notRedis);
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}
