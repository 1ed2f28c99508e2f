/** A text for a terminal that knows ASCII alone: straight quotes, and signs in the letters of a keyboard. */
export function inAscii(text: string): string {
  return text.replace(/[\u00a0-\uffff]/g, (sign) => signs[sign] ?? sign);
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
};
