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
