import { ProtocolFault } from './protocol-fault';

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

/**
 * Words of a line, quoted as redis-cli has it: "with \n and \x0a" or 'as it is'.
 * @throws ProtocolFault for quotes that are not closed
 */
export function splitWords(line: string): string[] {
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
