import { stripVTControlCharacters } from 'node:util';

/**
 * A text for content and attributes alike. Escape sequences go; other characters that XML 1.0 does
 * not allow, lone surrogates among them, become U+FFFD. No text of it is one that GitHub's runner obeys,
 * should the file stand in the log of a job.
 * Characters: https://www.w3.org/TR/xml/#charsets
 */
export function xml(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"'\r]|#(?=#\[)|:(?=:)/g, (letter) => entities[letter] ?? '');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
  '#': '&#35;',
  ':': '&#58;',
};
