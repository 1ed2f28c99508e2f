import { pathToFileURL } from 'node:url';
import { styleText } from 'node:util';
import { inAscii } from './ascii';
import { asciiAloneGlyphs, asciiGlyphs, type Glyphs, unicodeGlyphs } from './glyphs';
import { usual } from './size';

/** How text may look where it will be read. */
export interface Screen {
  /** Columns that a line of text may fill. */
  width: number;
  /** Columns that there are: for what stands side by side. */
  columns: number;
  height: number;
  /** True where a person reads along: the cursor may move, the screen may be cleared. */
  live: boolean;
  /** One thing after another in words, for a screen reader: no drawing, no moving about. */
  plain: boolean;
  /** ASCII alone: the locale names another set of letters than UTF-8. */
  ascii: boolean;
  glyphs: Glyphs;
  /** Colours a text, where there are colours. */
  paint(style: Style | Style[], text: string): string;
  /** A text in the letters that there are. */
  spell(text: string): string;
  /** A file's name that can be clicked, where the terminal can do that. */
  link(text: string, file: string): string;
}

export type Style = Extract<Parameters<typeof styleText>[0], string>;

/** What a screen is made from; `process.stdout` fits. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
}

/**
 * Describes a terminal, or the pipe or file in its place.
 * Colours follow NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and CLICOLOR, the first of them that is set;
 * TERM=dumb has neither colours nor drawing.
 * ACCESSIBLE=1 asks for what --plain asks for; a locale without UTF-8, such as LC_ALL=C, for ASCII.
 * @param asksPlain whether --plain is given
 */
export function describeScreen(
  output: Output,
  env = process.env,
  asksPlain = false,
  platform = process.platform,
): Screen {
  const plain = asksPlain || !/^(0|false|no)?$/i.test(env.ACCESSIBLE ?? '');
  const ascii = !isUtf8(env, platform);
  const dumb = env.TERM === 'dumb';
  const terminal = output.isTTY === true;
  const colour = !plain && !dumb && wantsColour(env, terminal);
  const linked = colour && terminal && hyperlinks(env);
  const columns = output.columns || usual.columns;
  return {
    width: Math.min(columns, widest),
    columns,
    height: output.rows || usual.rows,
    live: terminal && !plain && !dumb,
    plain,
    ascii,
    glyphs: glyphsFor({ ascii, drawn: !plain && !dumb && env.TERM !== 'linux' }),
    paint: (style, text) =>
      colour && text ? styleText(style, text, { validateStream: false }) : text,
    spell: (text) => (ascii ? inAscii(text, output.columns || usual.columns) : text),
    link: (text, file) => (linked ? `\x1b]8;;${pathToFileURL(file)}\x07${text}\x1b]8;;\x07` : text),
  };
}

function glyphsFor({ ascii, drawn }: { ascii: boolean; drawn: boolean }): Glyphs {
  if (ascii) return asciiAloneGlyphs;
  return drawn ? unicodeGlyphs : asciiGlyphs;
}

/** https://no-color.org, Node's own FORCE_COLOR, and https://bixense.com/clicolors. */
function wantsColour(env: NodeJS.ProcessEnv, terminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR } = env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return !/^(0|false)$/i.test(FORCE_COLOR);
  if (CLICOLOR_FORCE && CLICOLOR_FORCE !== '0') return true;
  return terminal && CLICOLOR !== '0';
}

/** Longer lines are hard to read, however wide the terminal is. */
const widest = 100;

/** What POSIX says of the locale's letters; where it says nothing, a terminal knows UTF-8. */
function isUtf8({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv, platform: NodeJS.Platform) {
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return platform === 'win32' || locale === '' || /utf-?8/i.test(locale);
}

/** Terminals known to understand OSC 8; tmux and screen pass it on only when set to. */
function hyperlinks(env: NodeJS.ProcessEnv): boolean {
  if (env.TMUX || env.STY) return false;
  const known = ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper'];
  return Boolean(
    known.includes(env.TERM_PROGRAM ?? '') ||
      env.WT_SESSION ||
      env.KITTY_WINDOW_ID ||
      Number(env.VTE_VERSION ?? 0) >= 5000,
  );
}
