// RESP2 and RESP3, the protocols between Redis and its clients:
// https://redis.io/docs/latest/develop/reference/protocol-spec/

/**
 * What a server answers. An error may also stand inside an array. RESP3's own types are given as
 * what RESP2 has in their place, so that the evidence about a program is the same in both: a map
 * is the array of its keys and values in turn, a set an array, a boolean 1 or 0; a double, a big
 * number and a verbatim string are bulk strings.
 * @template Bulk a bulk string
 */
export type Reply<Bulk = Buffer> =
  | SimpleString
  | Bulk
  | number
  | bigint
  | null
  | RedisReplyError
  | Reply<Bulk>[];

/** What a server sends under RESP3 without being asked, such as a message of a channel. */
export class Push<Bulk = Buffer> {
  constructor(readonly items: Reply<Bulk>[]) {}
}

/** A status such as `OK`: not the same on the wire as the bulk string of the same letters. */
export class SimpleString {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** The server refused a command. */
export class RedisReplyError extends Error {
  override name = 'RedisReplyError';

  /** The first word, such as `WRONGTYPE`, by which clients tell errors apart. */
  get code(): string {
    return this.message.split(' ', 1)[0] ?? '';
  }
}

/** What came is neither RESP2 nor RESP3. */
export class ProtocolError extends Error {
  override name = 'ProtocolError';
}

/**
 * How a value goes on after its first line.
 * - `line`: it does not
 * - `bytes`: as many bytes as the line says, and a line's end
 * - `items`: as many values as the line says
 * - `pairs`: twice as many
 * - `attribute`: twice as many, about the value that comes behind them
 */
export type Form = 'line' | 'bytes' | 'items' | 'pairs' | 'attribute';

const forms: readonly (readonly [signs: string, Form])[] = [
  ['+-:_#,(', 'line'],
  ['$=!', 'bytes'],
  ['*~>', 'items'],
  ['%', 'pairs'],
  ['|', 'attribute'],
];

/** By the first byte. */
const formOf: (Form | undefined)[] = [];
for (const [signs, form] of forms) for (const sign of Buffer.from(signs)) formOf[sign] = form;

/**
 * The form of a value.
 * @param sign its first byte
 * @returns undefined where no value begins like that
 */
export function formBy(sign: number): Form | undefined {
  return formOf[sign];
}

/**
 * A command as the array of bulk strings that a server reads.
 * @param args the command's name, then its arguments
 */
export function encodeCommand(args: readonly (string | Buffer)[]): Buffer {
  const parts: Buffer[] = [Buffer.from(`*${args.length}\r\n`)];
  for (const arg of args) {
    const bytes = typeof arg === 'string' ? Buffer.from(arg) : arg;
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, lineEnd);
  }
  return Buffer.concat(parts);
}

const lineEnd = Buffer.from('\r\n');
