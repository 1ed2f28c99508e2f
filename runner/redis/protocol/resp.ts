// RESP2, the protocol between Redis and its clients: https://redis.io/docs/latest/develop/reference/protocol-spec/

/**
 * What a server answers. An error may also stand inside an array.
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

/** What came is no RESP2 at all. */
export class ProtocolError extends Error {
  override name = 'ProtocolError';
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
