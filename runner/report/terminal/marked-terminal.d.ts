declare module 'marked-terminal' {
  import type { MarkedExtension } from 'marked';

  type Paint = (text: string) => string;

  /** The options that are used here; see the package's README for the others. */
  interface TerminalOptions {
    code?: Paint;
    codespan?: Paint;
    blockquote?: Paint;
    heading?: Paint;
    firstHeading?: Paint;
    strong?: Paint;
    em?: Paint;
    link?: Paint;
    href?: Paint;
    hr?: Paint;
    html?: Paint;
    del?: Paint;
    showSectionPrefix?: boolean;
    reflowText?: boolean;
    emoji?: boolean;
    tab?: number;
    width?: number;
    tableOptions?: Record<string, unknown>;
  }

  export function markedTerminal(
    options?: TerminalOptions,
    highlight?: Record<string, unknown>,
  ): MarkedExtension;
}
