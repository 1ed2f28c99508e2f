/** A typed line whose quotes do not add up; the message is redis-cli's. */
export class InvalidArguments extends Error {
  override name = 'InvalidArguments';
  constructor() {
    super('Invalid argument(s)');
  }
}

/**
 * Splits a typed line into a command's words as redis-cli does: at spaces; "double quotes" with
 * \n \r \t \b \a, \xHH and backslash before any other character; 'single quotes' with \' alone.
 * @returns no words for an empty line
 * @throws InvalidArguments where a quote is not closed, or something follows it at once
 */
export function splitCommandLine(line: string): Buffer[] {
  // One character a byte from here on, so that \xHH and UTF-8 can stand side by side.
  const text = Buffer.from(line).toString('latin1');
  const words: Buffer[] = [];
  let at = 0;
  for (;;) {
    while (isSpace(text[at])) at++;
    if (at >= text.length) return words;
    let word = '';
    while (at < text.length && !isSpace(text[at])) {
      const quote = text[at] === '"' ? doubleQuoted : text[at] === "'" ? singleQuoted : undefined;
      const part = quote ? quotedPart(text, at, quote) : (text[at] ?? '');
      at += part.length;
      word += quote ? unescaped(part, quote) : part;
    }
    words.push(Buffer.from(word, 'latin1'));
  }
}

const doubleQuoted = /"((?:\\.|[^"\\])*)"(?=[ \n\r\t\0\v\f]|$)/sy;
const singleQuoted = /'((?:\\'|\\(?!')|[^'\\])*)'(?=[ \n\r\t\0\v\f]|$)/sy;

/** The quoted part that starts here, its quotes included. */
function quotedPart(text: string, at: number, quote: RegExp): string {
  quote.lastIndex = at;
  const part = quote.exec(text)?.[0];
  if (part === undefined) throw new InvalidArguments();
  return part;
}

function unescaped(part: string, quote: RegExp): string {
  const inside = part.slice(1, -1);
  if (quote === singleQuoted) return inside.replaceAll("\\'", "'");
  return inside.replace(/\\(?:x([\da-fA-F]{2})|(.))/gs, (_, hex?: string, character?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return escapes[character ?? ''] ?? character ?? '';
  });
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

const isSpace = (character: string | undefined) =>
  character !== undefined && ' \n\r\t\0\v\f'.includes(character);
