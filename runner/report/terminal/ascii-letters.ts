/** A text in ASCII: signs in the letters of a keyboard, and of any other letter its number. */
export function spelled(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (sign) => signs[sign] ?? codePointName(sign));
}

/** The name by which any letter can be shown. */
export function codePointName(letter: string): string {
  return `<U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

const signs: Record<string, string> = {
  '\u00a0': ' ',
  '·': '-',
  '×': 'x',
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '•': '*',
  '…': '...',
  '←': '<-',
  '↑': '^',
  '→': '->',
  '↓': 'v',
  '≤': '<=',
  '≥': '>=',
  '─': '-',
  '│': '|',
  '✓': '+',
  '✗': 'x',
};
