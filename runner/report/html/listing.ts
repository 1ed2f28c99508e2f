import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { html, type Markup, shown } from './markup';
import { type Token, tokens } from './syntax';

/** The line that a failure points at. */
export interface Mark {
  /** 1-based. */
  line: number;
  /** What the workbook says of it, in a few words. */
  what: string;
  /** The anchor to jump to. */
  id: string;
}

/** A file as the page shows it. */
export interface Listing {
  code: Markup;
  /** Whether the marked line is in it, to be jumped to. */
  marked: boolean;
}

/** A learner's file, numbered and coloured; a remark in its place where it is no text. */
export function listing(file: string, mark?: Mark): Listing {
  const source = contents(file);
  if (typeof source === 'string') {
    return { code: html`<p class="remark">${source}</p>`, marked: false };
  }
  const lines = source
    .toString('utf8')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  const here = mark && mark.line <= lines.length ? mark : undefined;
  const shownLines = lines.slice(0, Math.max(mostLines, here?.line ?? 0));
  const rows = tokens(shownLines.map((line) => line.slice(0, mostLetters))).map((row, index) => {
    const cut = (shownLines[index]?.length ?? 0) - mostLetters;
    return numbered(row, cut, index + 1 === here?.line ? here : undefined);
  });
  const left = lines.length - rows.length;
  const more = left > 0 ? html`<p class="remark">${left} lines more</p>` : undefined;
  return { code: html`<pre class="code"><code>${rows}</code></pre>${more}`, marked: Boolean(here) };
}

const mostBytes = 5_000_000;
const mostLines = 1500;
const mostLetters = 2000;

/** The bytes of a text, or why there are none to show. */
function contents(file: string): Buffer | string {
  try {
    const { size } = statSync(file);
    if (size > mostBytes) return `Too long to be shown: ${size} bytes.`;
    const source = readFileSync(file);
    return isUtf8(source) || !source.includes(0) ? source : `A binary file of ${size} bytes.`;
  } catch {
    return 'The file could not be read again.';
  }
}

function numbered(row: readonly Token[], cut: number, mark: Mark | undefined): Markup {
  const pieces = row.map(({ text, kind }) =>
    kind ? html`<span class="${kind}">${shown(text)}</span>` : shown(text),
  );
  const rest = cut > 0 ? html` <i>… (${cut} characters more)</i>` : undefined;
  if (!mark) return html`<span class="line">${pieces}${rest}\n</span>`;
  return html`<mark class="line here" id="${mark.id}">${pieces}${rest}\n</mark><span class="said">${mark.what}\n</span>`;
}
