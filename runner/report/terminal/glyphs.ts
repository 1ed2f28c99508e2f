/** The few signs that are drawn. */
export type Glyphs = typeof unicodeGlyphs;

export const unicodeGlyphs = {
  pass: '✓',
  fail: '✗',
  changed: '●',
  started: '◦',
  idle: '·',
  output: '│',
  errors: '┃',
  next: '→',
  here: '▸',
  caret: '↑',
  clipped: '⋮',
  ellipsis: '…',
  full: '━',
  empty: '─',
  dot: '·',
  got: '◂',
  lane: '┊',
};

/** The same where there is ASCII alone. */
export const asciiGlyphs: Glyphs = {
  pass: '+',
  fail: 'x',
  changed: '~',
  started: 'o',
  idle: '-',
  output: '|',
  errors: '!',
  next: '->',
  here: '>',
  caret: '^',
  clipped: ':',
  ellipsis: '...',
  full: '#',
  empty: '.',
  dot: '-',
  got: '<',
  lane: ':',
};
