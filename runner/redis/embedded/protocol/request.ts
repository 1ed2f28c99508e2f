/*
 * Requests off the wire: RESP arrays of bulk strings, or a line of words as typed into telnet.
 * The limits and the texts are Redis's own; a bulk string may be 64 MB where Redis allows 512.
 */
import { splitWords } from './inline';
import { isInteger } from './numbers';
import { ProtocolFault } from './protocol-fault';

/** Bytes in one argument. */
export const MAX_BULK = 64 * 1024 * 1024;
/** Arguments in one command. */
const MAX_ARGUMENTS = 1024 * 1024;
/** The same before the password. */
const STRANGERS_BULK = 16 * 1024;
const STRANGERS_ARGUMENTS = 10;
/** Bytes in a line: an inline command, or a count. */
const MAX_LINE = 64 * 1024;

/** Bytes in a chunk that is not worth keeping by itself. */
const SMALL_CHUNK = 4096;
/** Bytes that an argument takes in addition to its own. */
const ARGUMENT_COST = 16;

const CR = 13;
const LF = 10;
const DOLLAR = 36;
const STAR = 42;
const ZERO = 48;
/** Digits of a count that needs no second look. */
const PLAIN_DIGITS = 7;

/** Takes a connection's bytes as they come and gives back whole commands. */
export class RequestReader {
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;
  /** Chunks behind the buffer, joined once enough of them are here. */
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  /** Bytes that the command in hand needs at least, from #at on. */
  #needed = 0;
  /** The command in hand, and how many arguments it still lacks. */
  #args: string[] = [];
  #lacking = 0;
  #bulk = -1;
  /** Bytes in the arguments that are whole, and what it takes to keep them. */
  #argumentBytes = 0;

  /** The client has not said the password yet: it may send little. */
  isStranger = false;

  /** @param limits `maxBulk`: bytes that one argument may have, which may change */
  constructor(readonly limits: { readonly maxBulk: number } = { maxBulk: MAX_BULK }) {}

  /** Bytes that were received and not yet read as commands, those of a command begun included. */
  get held(): number {
    return this.#unread + this.#argumentBytes;
  }

  /** The same, those of the chunk in hand included that were read already. */
  get buffered(): number {
    return this.#buffer.length + this.#waitingBytes + this.#argumentBytes;
  }

  get #unread(): number {
    return this.#buffer.length - this.#at + this.#waitingBytes;
  }

  push(chunk: Buffer): void {
    if (this.#at === this.#buffer.length && this.#waitingBytes === 0) {
      this.#buffer = chunk;
      this.#at = 0;
      return;
    }
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (chunk.length < SMALL_CHUNK) this.#joinSmall();
  }

  /**
   * The next whole command, its arguments as latin1 strings: a character a byte. Undefined until
   * more bytes come.
   * @throws ProtocolFault
   */
  next(): string[] | undefined {
    if (this.#unread < this.#needed) return undefined;
    this.#needed = 0;
    this.#join();
    for (;;) {
      if (this.#lacking === 0) {
        const begun = this.#begin();
        if (begun !== true) return begun;
      }
      const whole = this.#readArguments();
      if (whole) return whole;
      if (this.#lacking > 0) return undefined;
    }
  }

  /** A chunk costs more than its bytes: those that come one by one are joined, ever more at once. */
  #joinSmall(): void {
    for (;;) {
      const [one, other] = this.#waiting.slice(-2);
      if (!one || !other || one.length >= SMALL_CHUNK || one.length > 2 * other.length) return;
      this.#waiting.splice(-2, 2, Buffer.concat([one, other]));
    }
  }

  #join(): void {
    if (this.#waitingBytes === 0) return;
    this.#buffer = Buffer.concat([this.#buffer.subarray(this.#at), ...this.#waiting]);
    this.#at = 0;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  /** True once an array's head is read; an inline command comes back whole. */
  #begin(): string[] | undefined | true {
    for (;;) {
      if (this.#at >= this.#buffer.length) return undefined;
      if (this.#buffer[this.#at] !== STAR) {
        const line = this.#line('too big inline request', false);
        if (line === undefined) return undefined;
        const words = splitWords(line);
        if (words.length > 0) return words;
        continue;
      }
      const count = this.#plainCount() ?? this.#count('mbulk', 'invalid multibulk length');
      if (count === undefined) return undefined;
      if (count > MAX_ARGUMENTS) throw new ProtocolFault('invalid multibulk length');
      if (this.isStranger && count > STRANGERS_ARGUMENTS) {
        throw new ProtocolFault('unauthenticated multibulk length');
      }
      if (count <= 0) continue;
      this.#lacking = count;
      this.#args = [];
      return true;
    }
  }

  #readArguments(): string[] | undefined {
    while (this.#lacking > 0) {
      if (this.#bulk < 0) {
        if (this.#at >= this.#buffer.length) return undefined;
        const first = this.#buffer[this.#at] ?? 0;
        const plain = first === DOLLAR ? this.#plainCount() : undefined;
        const length = plain ?? this.#count('bulk', 'invalid bulk length', first);
        if (length === undefined) return undefined;
        if (length < 0 || length > this.limits.maxBulk)
          throw new ProtocolFault('invalid bulk length');
        if (this.isStranger && length > STRANGERS_BULK) {
          throw new ProtocolFault('unauthenticated bulk length');
        }
        this.#bulk = length;
      }
      const end = this.#at + this.#bulk;
      if (this.#buffer.length < end + 2) {
        this.#needed = this.#bulk + 2;
        return undefined;
      }
      this.#args.push(this.#buffer.toString('latin1', this.#at, end));
      this.#argumentBytes += this.#bulk + ARGUMENT_COST;
      this.#at = end + 2;
      this.#bulk = -1;
      this.#lacking -= 1;
    }
    this.#argumentBytes = 0;
    return this.#args;
  }

  /**
   * A count of a few digits, read without making a string of it, as nearly every one is. Undefined,
   * with nothing read, for all others: {@link #count} is then to say what they are.
   */
  #plainCount(): number | undefined {
    const buffer = this.#buffer;
    const start = this.#at + 1;
    let count = 0;
    let at = start;
    for (let digit = digitAt(buffer, at); digit >= 0 && at < start + PLAIN_DIGITS; at += 1) {
      count = 10 * count + digit;
      digit = digitAt(buffer, at + 1);
    }
    const isPlain = at === start + 1 || (at > start && digitAt(buffer, start) !== 0);
    if (!isPlain || buffer[at] !== CR || at + 1 >= buffer.length) return undefined;
    this.#at = at + 2;
    return count;
  }

  /**
   * The count in a line of any form. Undefined until the line is whole.
   * @param first the sign that the line begins with, where it must be a dollar
   * @throws ProtocolFault
   */
  #count(kind: 'bulk' | 'mbulk', fault: string, first = DOLLAR): number | undefined {
    const line = this.#line(`too big ${kind} count string`);
    if (line === undefined) return undefined;
    if (first !== DOLLAR) {
      throw new ProtocolFault(`expected '$', got '${String.fromCharCode(first)}'`);
    }
    if (!isInteger(line.slice(1))) throw new ProtocolFault(fault);
    return Number(line.slice(1));
  }

  /** A line without its end. Counts end in CR LF; an inline command's CR may be missing. */
  #line(tooBig: string, strict = true): string | undefined {
    const buffer = this.#buffer;
    const end = buffer.indexOf(strict ? CR : LF, this.#at);
    if (end < 0 || (strict && end + 1 >= buffer.length)) {
      if (buffer.length - this.#at > MAX_LINE) throw new ProtocolFault(tooBig);
      return undefined;
    }
    const shorter = !strict && buffer[end - 1] === CR && end > this.#at ? 1 : 0;
    const line = buffer.toString('latin1', this.#at, end - shorter);
    this.#at = end + (strict ? 2 : 1);
    return line;
  }
}

/** The digit that a byte stands for, or -1. */
function digitAt(buffer: Buffer, at: number): number {
  const digit = (buffer[at] ?? 0) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : -1;
}
