import path from 'node:path';
import type { Graded } from '../../course/grading';
import type { Finding, PartVerdict } from '../../grading/verdict';
import { failureName } from '../failure-names';
import { difference } from './difference';
import { keys } from './keys';
import { listing, type Mark } from './listing';
import { html, type Markup, shown } from './markup';
import { badge } from './outcome';
import { timeline } from './timeline';
import { voice } from './voice';

/**
 * One file of a lesson: what is wrong with it, what it printed, its code, and what it did.
 * @param anchor the id of the lesson's part of the page
 */
export function partSection(part: PartVerdict, graded: Graded, anchor: string): Markup {
  const { file, verdict, finding, evidence } = part;
  const id = `${anchor}-${graded.verdict.parts.indexOf(part) + 1}`;
  const source = graded.files.find((one) => path.basename(one) === file);
  const mark: Mark | undefined =
    finding?.line === undefined
      ? undefined
      : { line: finding.line, what: failureName(finding.class), id: `${id}-line` };
  const failed = verdict === 'failed';
  const text = source === undefined ? undefined : listing(source, mark);
  return html`<section class="part ${verdict}" aria-labelledby="${id}">
<h3 id="${id}"><code>${file}</code>${graded.verdict.parts.length > 1 ? badge(verdict) : undefined}</h3>
${finding && verdict !== 'passed' ? findingBox(finding, text?.marked ? mark : undefined) : undefined}
${failed ? printed(voice(evidence.output), true) : undefined}
${folded(file.endsWith('.rdb') ? 'File' : 'Code', '', text?.code, true)}
${failed ? undefined : printed(voice(evidence.output), false)}
${folded('Timeline', 'what was sent, answered and printed', timeline(evidence, file), failed)}
${folded('Keys left in Redis', count(evidence.keys.length), keys(evidence.keys), failed)}
</section>`;
}

/** What the workbook says: what is wrong, expected and seen, and the next step. */
function findingBox(finding: Finding, mark: Mark | undefined): Markup {
  const { class: failure, message, next, expected, seen } = finding;
  const place = mark ? html` <a href="#${mark.id}">Line ${mark.line}</a>` : undefined;
  return html`<div class="told">
<p class="wrong"><strong>${failureName(failure)}</strong> ${shown(message)}${place}</p>
${expected !== undefined && expected !== seen ? difference(expected, seen ?? '') : undefined}
<p class="next"><strong>Next step</strong> ${shown(next)}</p>
</div>`;
}

function printed(output: Markup | undefined, open: boolean): Markup | undefined {
  return folded('Output', 'what the programs printed', output, open);
}

function folded(
  name: string,
  what: string,
  content: Markup | undefined,
  open: boolean,
): Markup | undefined {
  if (!content) return undefined;
  const start = open ? html`<details open>` : html`<details>`;
  return html`${start}<summary><b>${name}</b> <span>${what}</span></summary>
${content}</details>`;
}

function count(keys: number): string {
  return keys === 1 ? 'one key' : `${keys} keys`;
}
