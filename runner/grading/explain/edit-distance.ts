import { distance } from 'fastest-levenshtein';

export { distance };

/** Whether two texts differ only in what cannot be seen: spaces at the ends, tabs, odd blanks. */
export function sameButInvisible(one: string, other: string): boolean {
  return one !== other && visible(one) === visible(other);
}

/** Whether two texts are one and the same but for their blanks. */
export function sameButBlanks(one: string, other: string): boolean {
  return withoutBlanks(one) === withoutBlanks(other);
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}

function visible(text: string): string {
  return text.replace(/[\s\p{C}\p{Z}]+/gu, ' ').trim();
}

/** Whether two texts look like one and the same but for a misspelling: at most a third differs. */
export function similar(one: string, other: string): boolean {
  const longest = Math.max(one.length, other.length);
  return longest > 0 && distance(one.toLowerCase(), other.toLowerCase()) * 3 <= longest;
}

/** The candidate nearest to the text, where one is similar to it. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    if (!similar(text, candidate)) continue;
    const found = distance(text, candidate);
    if (!best || found < best.distance) best = { candidate, distance: found };
  }
  return best?.candidate;
}
