import type { SourceToken } from './source-token';

/**
 * A program word by word, for what cannot be parsed. All names are alike, and all values of a kind; comments
 * and blanks are left out.
 */
export function lexicalTokens(source: string): SourceToken[] {
  // Loaded when it is first needed: most commands can do without.
  const ts = require('typescript') as typeof import('typescript');
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, undefined, source);
  const tokens: SourceToken[] = [];
  let line = 1;
  let counted = 0;
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const at = scanner.getTokenStart();
    for (; counted < at; counted++) if (source[counted] === '\n') line += 1;
    tokens.push({ kind: String(kind), line });
  }
  return tokens;
}
