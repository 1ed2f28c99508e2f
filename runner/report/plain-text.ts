import { stripVTControlCharacters } from 'node:util';

/**
 * A text for a reader that is no terminal: escape sequences go, and what would be obeyed or hidden
 * becomes U+FFFD: other control characters, letters without width, those that
 * turn the direction, and halves of letters.
 * Tabs and line ends stay.
 */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replace(hidden, '\uFFFD');
}

const hidden =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/gu;

/** The beginning of a text that is longer, in characters. */
export function beginning(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
