import { differences, type Piece, pieces, type Row, windowStart } from '../difference';
import { legend, visible, withoutHiddenEnd } from '../terminal/invisible';
import { glyphs, html, type Markup, shown } from './markup';

/** Expected and seen in one list, the letters that differ marked, the invisible ones visible. */
export function difference(expected: string, seen: string): Markup {
  const rows = differences(...beginnings(expected, seen)).map(drawn);
  const signs = legend(rows.map(({ text }) => text).join(''), glyphs);
  return html`<div class="difference">
<p class="key"><span class="lost">− expected</span> <span class="extra">+ seen</span>${
    signs ? html` <span class="signs">${signs}</span>` : undefined
  }</p>
<ol>${rows}${seen === '' ? html`<li class="extra"><b>+</b><span><i>nothing</i></span></li>` : undefined}</ol>
</div>`;
}

/** So much of both, from a little before their first difference, that a novel does not fill the page. */
function beginnings(expected: string, seen: string): [string, string] {
  if (Math.max(expected.length, seen.length) <= mostLetters) return [expected, seen];
  let same = 0;
  while (same < seen.length && expected[same] === seen[same]) same++;
  const from = Math.max(0, same - lineLetters);
  const part = (text: string) =>
    (from > 0 ? glyphs.ellipsis : '') + text.slice(from, from + mostLetters);
  return [part(expected), part(seen)];
}

const mostLetters = 50_000;
/** A longer line is shown around its first difference only. */
const lineLetters = 300;

function drawn(row: Row): Markup {
  if (row.kind === 'skipped') {
    const lines = row.count === 1 ? 'one more line' : `${row.count} more lines`;
    return html`<li class="skipped"><b aria-hidden="true">${glyphs.clipped}</b><span>${lines}</span></li>`;
  }
  if (row.kind !== 'changed') {
    const short = windowOf(row.text, 0);
    return line(row.kind, row.text === '' ? emptyLine(row.kind) : ending(short));
  }
  const from = windowStart(row.lost, row.extra, lineLetters);
  const both = pieces(windowOf(row.lost, from), windowOf(row.extra, from));
  return html`${line('lost', letters(both, 'lost'))}${line('extra', letters(both, 'extra'))}`;
}

function line(kind: 'same' | 'lost' | 'extra', content: Markup): Markup {
  const { sign, says } = look[kind];
  return html`<li class="${kind}"><b aria-hidden="true">${sign}</b><span class="for-ears">${says}: </span><span>${content}</span></li>`;
}

const look = {
  same: { sign: ' ', says: 'both' },
  lost: { sign: '−', says: 'expected' },
  extra: { sign: '+', says: 'seen' },
};

function letters(both: readonly Piece[], mine: 'lost' | 'extra'): Markup {
  const text = both
    .filter(({ whose }) => whose === 'both' || whose === mine)
    .map(({ whose, text }) =>
      whose === 'both'
        ? shown(text)
        : html`<mark>${shown(text, (part) => visible(part, glyphs))}</mark>`,
    );
  return text.length > 0 ? html`${text}` : emptyLine(mine);
}

function emptyLine(kind: 'same' | 'lost' | 'extra'): Markup {
  return kind === 'same' ? html`` : html`<i>an empty line</i>`;
}

function ending(text: string): Markup {
  const end = /[ \t]+$/.exec(text)?.[0] ?? '';
  const before = shown(text.slice(0, text.length - end.length));
  return html`${before}${shown(end, (part) => withoutHiddenEnd(part, glyphs))}`;
}

function windowOf(text: string, from: number): string {
  const before = from > 0 ? glyphs.ellipsis : '';
  const after = text.length > from + lineLetters ? glyphs.ellipsis : '';
  return before + text.slice(from, from + lineLetters) + after;
}
