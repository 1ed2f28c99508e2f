import { formBy } from '../../../runner/redis/protocol/resp';

/**
 * A reply taken apart: an array, or the bytes of anything else, its type's sign in front. What is
 * like an array, such as a map, is one whose first item is its sign alone.
 */
export type Tree = string | Tree[];

/**
 * Takes a reply off the wire's text, a character a byte.
 * @returns the reply and the place after it; undefined while it is not whole
 */
export function readTree(text: string, start: number): { tree: Tree; end: number } | undefined {
  const line = text.indexOf('\r\n', start);
  if (line < 0) return undefined;
  const sign = text.charAt(start);
  const form = formBy(sign.charCodeAt(0));
  const size = Number(text.slice(start + 1, line));
  if (form === 'bytes' && size >= 0) {
    const end = line + 2 + size;
    return text.length < end + 2
      ? undefined
      : { tree: sign + text.slice(line + 2, end), end: end + 2 };
  }
  if ((form !== 'items' && form !== 'pairs') || size < 0) {
    return { tree: text.slice(start, line), end: line + 2 };
  }
  const items: Tree[] = sign === '*' ? [] : [sign];
  let at = line + 2;
  for (let item = 0; item < (form === 'items' ? size : 2 * size); item += 1) {
    const next = readTree(text, at);
    if (!next) return undefined;
    items.push(next.tree);
    at = next.end;
  }
  return { tree: items, end: at };
}
