import { failureName } from '../../report/failure-names';
import { html, type Markup, shortened, shown } from '../../report/html/markup';
import type { ClassRow } from '../results/class-table';
import type { FailureGroup } from '../results/failure-groups';

/** What the class has not understood, the commonest first, each with one example side by side. */
export function failureSection(
  groups: readonly FailureGroup[],
  rows: readonly ClassRow[],
): Markup | undefined {
  if (groups.length === 0) return undefined;
  const graded = rows.filter(({ state }) => state === 'graded').length;
  return html`<section class="failures" aria-labelledby="failures">
<h2 id="failures">What the class has not understood</h2>
<ol>${groups.map((group) => entry(group, graded))}</ol>
</section>`;
}

function entry(group: FailureGroup, graded: number): Markup {
  const { lesson, message, rows, example } = group;
  const names = rows.map(({ learner }) => learner.name).join(', ');
  return html`<li><details>
<summary><strong>${rows.length} of ${graded}</strong> · lesson ${lesson} · ${failureName(group.class)}: ${message}</summary>
<p class="who">${names}</p>
${sides(example)}
<p class="next"><strong>Next step</strong> ${example.next}</p>
</details></li>\n`;
}

function sides({ expected, seen }: FailureGroup['example']): Markup | undefined {
  if (expected === undefined || seen === undefined) return undefined;
  const side = (name: string, text: string) =>
    html`<div><p>${name}</p><pre><samp>${shown(shortened(text, mostLetters))}</samp></pre></div>`;
  return html`<div class="sides">${side('Expected', expected)}${side('Seen', seen)}</div>`;
}

const mostLetters = 1500;
