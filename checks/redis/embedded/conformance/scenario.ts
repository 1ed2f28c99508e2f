/**
 * A conversation with a server. A step is a line: a connection's number (1 where it has none), a
 * sign, and what to do.
 *
 * - `GET a` or `2: GET a`   send a command, take its reply
 * - `2~ SMEMBERS a`         the same; the items of the reply may come in any order
 * - `2^ INFO`             the same; of the reply only the kind counts, and those of its items
 * - `2! BLPOP a 0`          send, and wait until the server counts the client as blocked
 * - `2? `                   take one more reply or message
 * - `2=3 PING\r\nPING\r\n`  send these bytes in one chunk, take 3 replies
 * - `2*3 …`                 the same, one byte at a time
 * - `2- key`                wait until the key has expired
 * - `2x `                   cut the connection, and wait until the server has noticed
 * - `2$ `                   wait for the server to close the connection
 *
 * `{id 2}` stands for the number by which the server knows connection 2.
 *
 * Words may stand in double quotes, with `\r`, `\n`, `\\`, `\"` and `\x00` in them.
 */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly string[];
}

export interface Step {
  readonly connection: number;
  readonly sign: ':' | '~' | '^' | '!' | '?' | '=' | '*' | '-' | 'x' | '$';
  /** How many replies to take. */
  readonly replies: number;
  readonly text: string;
}

/** Reads a step's line. */
export function readStep(line: string): Step {
  const match = /^(\d+)([:~^!?=*\-x$])(\d*) ([\s\S]*)$/.exec(line);
  if (!match) return { connection: 1, sign: ':', replies: 1, text: line };
  const [, connection, sign, replies, text = ''] = match;
  const silent = sign === '!' || sign === '-' || sign === 'x' || sign === '$';
  return {
    connection: Number(connection),
    sign: sign as Step['sign'],
    replies: silent ? 0 : replies === '' ? 1 : Number(replies),
    text,
  };
}

/** A command's line as the bytes of a RESP array. */
export function encodeLine(line: string): Buffer {
  const words = (line.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []).map((word) =>
    unescapeBytes(word.startsWith('"') ? word.slice(1, -1) : word),
  );
  const parts = words.map((word) => `$${word.length}\r\n${word}\r\n`);
  return Buffer.from(`*${words.length}\r\n${parts.join('')}`, 'latin1');
}

/** Bytes written out in a step, a character each. */
export function unescapeBytes(text: string): string {
  const letters: Record<string, string> = { r: '\r', n: '\n', t: '\t' };
  return text.replace(/\\(?:x([0-9a-f]{2})|(.))/gi, (_, hex?: string, letter = '') =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (letters[letter] ?? letter),
  );
}
