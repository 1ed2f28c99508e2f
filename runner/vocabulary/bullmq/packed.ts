/*
 * BullMQ packs some of what it hands to its scripts with MessagePack: before each text stand a byte
 * that is no text, and of a long text one or two more that say how many bytes it has.
 */

/** The text that stands right behind a name among packed fields; undefined if the name is not there. */
export function packedField(packed: string, name: string, next: string): string | undefined {
  const start = packed.indexOf(name);
  if (start < 0) return undefined;
  const rest = packed.slice(start + name.length);
  const end = rest.indexOf(`\uFFFD${next}`);
  return withoutLength(end < 0 ? rest : rest.slice(0, end));
}

/** A packed text without what says how long it is. */
function withoutLength(packed: string): string {
  // A length from 128 to 191 makes one letter with the byte before it; one above it is no text either.
  const text = packed.replace(/^(?:[\u0640-\u067F]|\uFFFD{1,2})/, '');
  const isLong = text.length > 31 && text.charCodeAt(0) === Buffer.byteLength(text.slice(1));
  return isLong ? text.slice(1) : text;
}
