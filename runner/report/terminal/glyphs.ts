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
  again: '↻',
  unlike: '≠',
  got: '◂',
  lane: '┊',
  /** Whether letters beyond ASCII can stand in a text beside the signs. */
  beyondAscii: true,
};

/** The same in ASCII, for fonts and voices; a text keeps its letters. */
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
  again: '?',
  unlike: '!',
  got: '<',
  lane: ':',
  beyondAscii: true,
};

/** The same where there is ASCII alone: of a text's other letters the numbers are shown. */
export const asciiAloneGlyphs: Glyphs = { ...asciiGlyphs, beyondAscii: false };
