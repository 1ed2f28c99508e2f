import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { goalText, type Measure, median, meets, type Pair } from './measure';

/** A measure and its samples, one a round. */
export interface Measured {
  measure: Measure;
  pairs: Pair[];
}

/** Digits behind the point. */
const places = { ms: 0, s: 1, 'a minute': 1, 'requests/s': 0, MB: 1, kB: 0, '×': 2 };

const heads = ['measure', 'took', 'held against', 'took', 'ratio', 'goal', 'met'];

/** The medians of both sides, and their ratio, as a table in Markdown. */
export function resultTable(all: readonly Measured[]): string {
  const rows = all.filter(({ pairs }) => pairs.length > 0).map(row);
  return [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function row({ measure, pairs }: Measured): string[] {
  const ours = median(pairs.map((pair) => pair.ours));
  const theirs = median(pairs.map((pair) => pair.theirs));
  const ratio = ours / theirs;
  const figure = (value: number) => `${value.toFixed(places[measure.unit])} ${measure.unit}`;
  return [
    measure.what,
    figure(ours),
    measure.against,
    figure(theirs),
    ratio.toFixed(2),
    measure.goal ? goalText(measure.goal) : '',
    measure.goal ? (meets(measure.goal, ratio) ? 'yes' : 'no') : '',
  ];
}

const page = path.join(__dirname, '../../../docs/benchmarks.md');
const begin = '<!-- npm run bench writes from here -->';
const end = '<!-- to here -->';

/**
 * Puts the result between its marks in docs/benchmarks.md; what stands around is kept.
 * @throws where the marks are not there
 */
export function keepResult(text: string): void {
  const before = readFileSync(page, 'utf8');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} lacks its marks, ${begin} and ${end}`);
  writeFileSync(page, `${before.slice(0, from + begin.length)}\n\n${text}\n\n${before.slice(to)}`);
}
