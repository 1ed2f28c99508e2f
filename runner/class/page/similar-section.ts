import { html, type Markup } from '../../report/html/markup';
import type { ClassComparison } from '../similarity/class-comparison';
import { linesOf, percent, remarksOn, whatPairsAre } from '../similarity/pair-words';
import type { SimilarPair } from '../similarity/similar-pairs';
import { pairFolder, pairPageName } from './pair-page';

/** Who has the same code, each pair with the way to its page. */
export function similarSection(comparison: ClassComparison): Markup {
  const { pairs } = comparison;
  const remarks = remarksOn(comparison).map((remark) => html`<p class="who">${remark}</p>\n`);
  const table = html`<div class="grid" role="region" aria-label="Pairs" tabindex="0">
<table>
<thead><tr><th scope="col">Pair</th><th scope="col">Of their code</th><th scope="col">Of what is theirs alone</th><th scope="col">In common</th></tr></thead>
<tbody>
${pairs.map(line)}
</tbody>
</table>
</div>`;
  return html`<section class="similar" aria-labelledby="similar">
<h2 id="similar">Who has the same code</h2>
<p>${whatPairsAre}</p>
${pairs.length > 0 ? table : html`<p>No two have anything in common.</p>`}
${remarks}
</section>`;
}

function line(pair: SimilarPair, at: number): Markup {
  const [left, right] = pair.learners.map(({ learner }) => learner.name);
  return html`<tr><th scope="row"><a href="${pairFolder}/${pairPageName(at)}">${left} and ${right}</a></th><td>${percent(pair.share)}</td><td>${percent(pair.ownShare)}</td><td>${linesOf(pair.files)}</td></tr>\n`;
}
