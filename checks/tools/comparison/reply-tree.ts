/** A reply taken apart: an array, or the bytes of anything else, its type's sign in front. */
export type Tree = string | Tree[];

/**
 * Takes a reply off the wire's text, a character a byte.
 * @returns the reply and the place after it; undefined while it is not whole
 */
export function readTree(text: string, start: number): { tree: Tree; end: number } | undefined {
  const line = text.indexOf('\r\n', start);
  if (line < 0) return undefined;
  const sign = text[start];
  const size = Number(text.slice(start + 1, line));
  if (sign === '$' && size >= 0) {
    const end = line + 2 + size;
    return text.length < end + 2
      ? undefined
      : { tree: `$${text.slice(line + 2, end)}`, end: end + 2 };
  }
  if (sign !== '*' || size < 0) return { tree: text.slice(start, line), end: line + 2 };
  const items: Tree[] = [];
  let at = line + 2;
  for (let item = 0; item < size; item += 1) {
    const next = readTree(text, at);
    if (!next) return undefined;
    items.push(next.tree);
    at = next.end;
  }
  return { tree: items, end: at };
}
