import { RedisReplyError, type Reply, SimpleString } from './resp';

/**
 * A reply as redis-cli shows it on a terminal.
 * @returns one line or several, without the last line's end
 */
export function replyText(reply: Reply): string {
  return linesOf(reply).join('\n');
}

/** Bytes in double quotes, all but printable ASCII escaped, as redis-cli and MONITOR do. */
export function quoted(bytes: Buffer): string {
  return `"${Array.from(bytes, escaped).join('')}"`;
}

/** The texts in a reply's text, outside in and first to last, each as it was before {@link quoted}. */
export function textsIn(reply: string): string[] {
  return Array.from(reply.matchAll(/"(?:[^"\\]|\\.)*"/g), ([text]) => unquoted(text));
}

function unquoted(text: string): string {
  const bytes = text
    .slice(1, -1)
    .replace(/\\x([0-9a-f]{2})|\\(.)/g, (_, hex?: string, letter = '') =>
      String.fromCharCode(hex === undefined ? codeOf(`\\${letter}`) : Number.parseInt(hex, 16)),
    );
  return Buffer.from(bytes, 'latin1').toString();
}

/** Of what stands for one byte. */
function codeOf(name: string): number {
  const found = Object.keys(named).find((code) => named[Number(code)] === name);
  return found === undefined ? name.charCodeAt(1) : Number(found);
}

function linesOf(reply: Reply): string[] {
  if (reply === null) return ['(nil)'];
  if (Array.isArray(reply)) return listLines(reply);
  if (reply instanceof Buffer) return [quoted(reply)];
  if (reply instanceof SimpleString) return [reply.text];
  if (reply instanceof RedisReplyError) return [`(error) ${reply.message}`];
  return [`(integer) ${reply}`];
}

/** Each item after its number; the lines of an item that has several start in one column. */
function listLines(items: Reply[]): string[] {
  if (items.length === 0) return ['(empty array)'];
  const width = String(items.length).length;
  const indent = ' '.repeat(width + 2);
  return items.flatMap((item, at) => {
    const label = `${String(at + 1).padStart(width)}) `;
    return linesOf(item).map((line, row) => (row === 0 ? label : indent) + line);
  });
}

const named: Record<number, string> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

function escaped(byte: number): string {
  if (named[byte]) return named[byte];
  if (byte >= 32 && byte < 127) return String.fromCharCode(byte);
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}
