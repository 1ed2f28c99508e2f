import type { PrintedLine } from '../../grading/verdict';
import { clip, withoutForeignFrames } from '../terminal/transcript';
import { html, type Markup, shortened, shown } from './markup';

/** What programs printed, in their own voice: apart from the workbook's, errors with a mark. */
export function voice(output: readonly PrintedLine[]): Markup | undefined {
  if (output.length === 0) return undefined;
  const several = new Set(output.map(({ program }) => program)).size > 1;
  let printer: string | undefined;
  const lines = clip(withoutForeignFrames(output), mostLines).map((line) => {
    if (typeof line === 'number') return html`<span class="skipped">${line} lines more\n</span>`;
    const named = several && line.program !== printer;
    printer = line.program;
    return html`${named ? html`<span class="speaker">${line.program}\n</span>` : undefined}${spoken(line)}`;
  });
  return html`<pre class="voice"><samp>${lines}</samp></pre>`;
}

const mostLines = 200;
const mostLetters = 2000;

function spoken({ stream, text }: PrintedLine): Markup {
  const errors = stream === 'stderr';
  const ears = errors ? html`<span class="for-ears">on standard error: </span>` : undefined;
  return html`<span class="${errors ? 'errors' : 'output'}">${ears}${shown(shortened(text, mostLetters))}\n</span>`;
}
