import { stripVTControlCharacters } from 'node:util';
import type { MarkedExtension } from 'marked';
import type { Screen } from './screen';
import { columnsOf, wrap } from './wrap';

/** Draws Markdown for a terminal: headings, lists, tables and code with colour, within the width. */
export async function markdown(source: string, screen: Screen): Promise<string> {
  const [{ Marked }, { markedTerminal }] = await packages();
  const { paint, width } = screen;
  const code = (text: string) => paint('yellow', text);
  const colourless = paint('red', 'x') === 'x';
  const plainly = (text: string) => text;
  const marked = new Marked(
    markedTerminal(
      {
        firstHeading: (text) => paint(['bold', 'cyan'], text),
        heading: (text) => paint('bold', text),
        strong: (text) => paint('bold', text),
        em: (text) => paint('italic', text),
        code,
        // Where no colour sets it apart, the exact text keeps its marks.
        codespan: colourless ? (text) => `\`${text}\`` : code,
        blockquote: plainly,
        hr: plainly,
        html: plainly,
        del: plainly,
        showSectionPrefix: false,
        reflowText: true,
        emoji: false,
        tab: 2,
        width: width - 2,
        tableOptions: { chars: tableBorder, style: { head: [], border: [], compact: true } },
      },
      { theme: codeTheme(screen) },
    ),
    inlineEverywhere(screen),
  );
  const drawn = await marked.parse(source);
  return (colourless ? stripVTControlCharacters(drawn) : drawn)
    .trimEnd()
    .split('\n')
    .flatMap((line) => fitted(line, width))
    .join('\n');
}

/** Loads what drawing takes, before it is needed: that is the slow part of a first text. */
export async function loadMarkdown(): Promise<void> {
  await packages();
}

function packages() {
  return Promise.all([import('marked'), import('marked-terminal')]);
}

/** The parts that the terminal renderer leaves raw: words in a list item, and links. */
function inlineEverywhere({ paint }: Screen): MarkedExtension {
  return {
    renderer: {
      text(token) {
        return 'tokens' in token && token.tokens
          ? this.parser.parseInline(token.tokens)
          : // A line's end in the source is none on the screen.
            token.text.replaceAll('\n', ' ');
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        return text === href ? paint('cyan', href) : `${text} (${paint('cyan', href)})`;
      },
    },
  };
}

/** What is still too wide is broken under its own beginning: a list item, a line of code. */
function fitted(line: string, width: number): string[] {
  const indented = `  ${line}`.trimEnd();
  if (columnsOf(indented) <= width) return [indented];
  const start = /^\s*(?:[*•-] |\d+\. )?/.exec(stripVTControlCharacters(indented))?.[0] ?? '';
  const hang = ' '.repeat(Math.min(start.length, Math.floor(width / 2)));
  return wrap(indented.trimStart(), width, /^\s*/.exec(indented)?.[0] ?? '', hang);
}

function codeTheme({ paint }: Screen): Record<string, (text: string) => string> {
  const keyword = (text: string) => paint('magenta', text);
  const string = (text: string) => paint('green', text);
  const comment = (text: string) => paint('italic', text);
  const plainly = (text: string) => text;
  return {
    default: plainly,
    keyword,
    built_in: plainly,
    string,
    comment,
    literal: keyword,
    regexp: string,
  };
}

const tableBorder = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
