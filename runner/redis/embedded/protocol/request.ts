/*
 * Requests off the wire: RESP arrays of bulk strings, or a line of words as typed into telnet.
 * The limits and the texts are Redis's own; a bulk string may be 64 MB where Redis allows 512.
 */
import { isInteger } from './numbers';

/** Bytes in one argument. */
export const MAX_BULK = 64 * 1024 * 1024;
/** Arguments in one command. */
const MAX_ARGUMENTS = 1024 * 1024;
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

/** The stream is not RESP: it is answered once, and the connection closed. */
export class ProtocolFault extends Error {
  override name = 'ProtocolFault';
  constructor(text: string) {
    super(`ERR Protocol error: ${text}`);
  }
}

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

  /** Bytes that were received and not yet read as commands, those of a command begun included. */
  get held(): number {
    return this.#unread + this.#argumentBytes;
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
      const line = this.#line('too big mbulk count string');
      if (line === undefined) return undefined;
      const count = Number(line.slice(1));
      if (!isInteger(line.slice(1)) || count > MAX_ARGUMENTS) {
        throw new ProtocolFault('invalid multibulk length');
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
        const line = this.#line('too big bulk count string');
        if (line === undefined) return undefined;
        if (first !== DOLLAR) {
          throw new ProtocolFault(`expected '$', got '${String.fromCharCode(first)}'`);
        }
        const length = Number(line.slice(1));
        if (!isInteger(line.slice(1)) || length < 0 || length > MAX_BULK) {
          throw new ProtocolFault('invalid bulk length');
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

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

/** Words of a line, quoted as redis-cli has it: "with \n and \x0a" or 'as it is'. */
function splitWords(line: string): string[] {
  const words: string[] = [];
  let at = 0;
  const space = () => /[ \t\n\v\f\r]/.test(line[at] ?? '');
  while (at < line.length) {
    while (at < line.length && space()) at += 1;
    if (at >= line.length) break;
    let word = '';
    while (at < line.length && !space()) {
      const quote = line[at];
      if (quote !== '"' && quote !== "'") {
        word += line[at++];
        continue;
      }
      const end = closingQuote(line, at);
      word += quote === '"' ? unescaped(line.slice(at + 1, end)) : unquote(line.slice(at + 1, end));
      at = end + 1;
      if (at < line.length && !space()) throw new ProtocolFault('unbalanced quotes in request');
    }
    words.push(word);
  }
  return words;
}

function closingQuote(line: string, open: number): number {
  for (let at = open + 1; at < line.length; at += 1) {
    if (line[at] === '\\' && (line[open] === '"' || line[at + 1] === "'")) at += 1;
    else if (line[at] === line[open]) return at;
  }
  throw new ProtocolFault('unbalanced quotes in request');
}

function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|([\s\S]))/g, (_, hex?: string, letter = '') =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (ESCAPES[letter] ?? letter),
  );
}

function unquote(text: string): string {
  return text.replaceAll("\\'", "'");
}
