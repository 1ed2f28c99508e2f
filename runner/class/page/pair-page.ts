import { head } from '../../report/html/head';
import { html, type Markup, shown } from '../../report/html/markup';
import { tokens } from '../../report/html/syntax';
import { linesOf, namesOf, shareWords, whatPairsAre } from '../similarity/pair-words';
import type {
  Comparison,
  MarkedFile,
  SimilarFiles,
  SimilarPair,
} from '../similarity/similar-pairs';
import { pairStyle } from './assets';

/** Where pages of pairs lie, from class.html. */
export const pairFolder = 'similar';

/** The name of a pair's page in its folder. @param at its place in the list, from 0 */
export function pairPageName(at: number): string {
  return `${at + 1}.html`;
}

/** The pages of all pairs, by their names. */
export function pairPages({ pairs }: Comparison): Record<string, string> {
  return Object.fromEntries(pairs.map((pair, at) => [pairPageName(at), pairPage(pair)]));
}

/**
 * Two learners' files side by side, with the lines that stand in both marked. It loads nothing and runs
 * nothing.
 */
function pairPage(pair: SimilarPair): string {
  const names = pair.learners.map(({ learner }) => learner.name);
  const [left = '', right = ''] = names;
  return html`<!doctype html>
<html lang="en">
${head(`${left} and ${right}`, pairStyle())}
<body class="pair">
<header class="overview">
<p class="name"><a href="../class.html#similar">Who has the same code</a></p>
<h1>${left} and ${right}</h1>
<p>${shareWords(pair)}, ${linesOf(pair.files)}. ${whatPairsAre}</p>
</header>
<main>
${pair.files.map((files) => section(files, left, right))}
</main>
<footer><p>Written by the workbook. This page loads nothing. It names two learners: show it to neither of them.</p></footer>
</body>
</html>
`.text;
}

function section(files: SimilarFiles, left: string, right: string): Markup {
  const { name } = files.left.file;
  const named = (who: string, file: string) =>
    files.right.file.name === name ? who : `${who}: ${file}`;
  return html`<section class="lesson">
<h2>${namesOf(files)}</h2>
<div class="sides">
${side(files.left, named(left, name))}
${side(files.right, named(right, files.right.file.name))}
</div>
</section>\n`;
}

function side({ file, lines }: MarkedFile, title: string): Markup {
  const source = file.text.replace(/\r?\n$/, '').split(/\r?\n/);
  const rows = tokens(source.slice(0, mostLines).map((line) => line.slice(0, mostLetters)));
  const code = rows.map((row, index) => {
    const pieces = row.map(({ text, kind }) =>
      kind ? html`<span class="${kind}">${shown(text)}</span>` : shown(text),
    );
    if (!lines.has(index + 1)) return html`<span class="line">${pieces}\n</span>`;
    // Whoever hears the page is told where a stretch begins and where it ends.
    const begins = lines.has(index) ? '' : 'in both: ';
    const ends = lines.has(index + 2) ? '' : ' end of what is in both';
    return html`<mark class="line same">${ears(begins)}${pieces}${ears(ends)}\n</mark>`;
  });
  const left = source.length - rows.length;
  const more = left > 0 ? html`<p class="remark">${left} lines more</p>` : undefined;
  return html`<div><h3>${title}</h3><pre class="code"><code>${code}</code></pre>${more}</div>`;
}

function ears(text: string): Markup | undefined {
  return text === '' ? undefined : html`<span class="for-ears">${text}</span>`;
}

const mostLines = 1500;
const mostLetters = 2000;
