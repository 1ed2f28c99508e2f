import ts from 'typescript';

/** A piece of a line of code, and what it is. */
export interface Token {
  text: string;
  kind?: 'keyword' | 'string' | 'numeral' | 'comment' | 'pattern';
}

/** The lines of a source, in pieces; joined again they are the source. */
export function tokens(lines: readonly string[]): Token[][] {
  const classifier = ts.createClassifier();
  let state = ts.EndOfLineState.None;
  return lines.map((line) => {
    const { entries, finalLexState } = classifier.getClassificationsForLine(line, state, true);
    state = finalLexState;
    let at = 0;
    const found = entries.map(({ length, classification }): Token => {
      const text = line.slice(at, at + length);
      at += length;
      const kind = kinds[classification];
      return kind ? { text, kind } : { text };
    });
    return at < line.length ? [...found, { text: line.slice(at) }] : found;
  });
}

const kinds: Partial<Record<ts.TokenClass, Token['kind']>> = {
  [ts.TokenClass.Keyword]: 'keyword',
  [ts.TokenClass.StringLiteral]: 'string',
  [ts.TokenClass.NumberLiteral]: 'numeral',
  [ts.TokenClass.BigIntLiteral]: 'numeral',
  [ts.TokenClass.Comment]: 'comment',
  [ts.TokenClass.RegExpLiteral]: 'pattern',
};
