import type { ComponentChildren, JSX } from 'preact';
import { differences, pieces, type Row } from '../../../report/difference';
import { unicodeGlyphs } from '../../../report/terminal/glyphs';
import { legend, visible, withoutHiddenEnd } from '../../../report/terminal/invisible';
import { Shown } from './shown';

/** Expected and seen in one list, the letters that differ marked, the invisible ones visible. */
export function Difference({ expected, seen }: { expected: string; seen: string }): JSX.Element {
  const rows = differences(expected, seen);
  const signs = legend(rows.map(marked).join(''), unicodeGlyphs);
  return (
    <div class="difference">
      <p class="key">
        <span class="lost">− expected</span> <span class="extra">+ seen</span>
        {signs ? <span class="signs"> {signs}</span> : null}
      </p>
      <ol>
        {rows.flatMap((row, at) => drawn(row, at))}
        {seen === '' ? (
          <Line kind="extra">
            <i>nothing</i>
          </Line>
        ) : null}
      </ol>
    </div>
  );
}

/** What of a row may hold signs, with them. */
function marked(row: Row): string {
  if (row.kind === 'skipped') return '';
  if (row.kind !== 'changed') return withoutHiddenEnd(row.text, unicodeGlyphs);
  return pieces(row.lost, row.extra)
    .map(({ whose, text }) => (whose === 'both' ? text : visible(text, unicodeGlyphs)))
    .join('');
}

function drawn(row: Row, at: number): JSX.Element[] {
  if (row.kind === 'skipped') {
    const lines = row.count === 1 ? 'one more line' : `${row.count} more lines`;
    return [
      <li key={at} class="skipped">
        <b aria-hidden="true">{unicodeGlyphs.clipped}</b>
        <span>{lines}</span>
      </li>,
    ];
  }
  if (row.kind === 'changed') {
    return [
      <Line key={`${at} lost`} kind="lost">
        <Letters row={row} mine="lost" />
      </Line>,
      <Line key={`${at} extra`} kind="extra">
        <Letters row={row} mine="extra" />
      </Line>,
    ];
  }
  const empty = row.text === '' && row.kind !== 'same';
  return [
    <Line key={at} kind={row.kind}>
      {empty ? (
        <i>an empty line</i>
      ) : (
        <Shown text={row.text} sign={(text) => withoutHiddenEnd(text, unicodeGlyphs)} />
      )}
    </Line>,
  ];
}

function Line({
  kind,
  children,
}: {
  kind: 'same' | 'lost' | 'extra';
  children: ComponentChildren;
}): JSX.Element {
  const { sign, says } = look[kind];
  return (
    <li class={kind}>
      <b aria-hidden="true">{sign}</b>
      <span>
        <span class="for-ears">{says}: </span>
        {children}
      </span>
    </li>
  );
}

const look = {
  same: { sign: ' ', says: 'both' },
  lost: { sign: '−', says: 'expected' },
  extra: { sign: '+', says: 'seen' },
};

function Letters({
  row,
  mine,
}: {
  row: Extract<Row, { kind: 'changed' }>;
  mine: 'lost' | 'extra';
}): JSX.Element {
  const own = pieces(row.lost, row.extra).filter(({ whose }) => whose === 'both' || whose === mine);
  if (own.length === 0) return <i>an empty line</i>;
  return (
    <>
      {own.map(({ whose, text }, at) =>
        whose === 'both' ? (
          <Shown key={at} text={text} />
        ) : (
          <mark key={at}>
            <Shown text={text} sign={(letters) => visible(letters, unicodeGlyphs)} />
          </mark>
        ),
      )}
    </>
  );
}
