import type { SourceToken } from './source-token';

/** A stretch of so many tokens, by a number that the same stretch has everywhere. */
export interface Fingerprint {
  hash: number;
  /** The lines it reaches from and to, 1-based. */
  from: number;
  to: number;
}

/** A few lines: shorter stretches are alike in any two programs. */
const tokensAStretch = 15;

/** Of so many stretches in a row one is kept, the same one wherever they stand. */
const window = 8;

/**
 * A program's fingerprints by winnowing. Whatever two programs share that is
 * {@link tokensAStretch} + {@link window} - 1 tokens long leaves a fingerprint that both have.
 * Method: Schleimer, Wilkerson, Aiken: Winnowing (SIGMOD 2003), in the form of Dolos.
 */
export function fingerprints(tokens: readonly SourceToken[]): Fingerprint[] {
  // Loaded when it is first needed: most commands can do without.
  const { WinnowFilter } = require('@dodona/dolos-core') as typeof import('@dodona/dolos-core');
  const winnow = new WinnowFilter(tokensAStretch, window);
  return winnow.fingerprints(tokens.map(({ kind }) => kind)).map(({ hash, start, stop }) => ({
    hash,
    from: tokens[start]?.line ?? 1,
    to: tokens[stop]?.line ?? 1,
  }));
}
