import type { Evidence } from '../../grading/verdict';
import { withoutForeignFrames } from '../terminal/transcript';
import { timelineOf } from '../timeline';
import {
  headClass,
  type Lane,
  lanesClass,
  lineClass,
  mostLanes,
  stepClasses,
  whoDoes,
} from './lane-order';
import { type Gap, lanesOf, type Step } from './lanes';
import { html, type Markup, shortened, shown } from './markup';

/**
 * A run drawn as lanes, a row a step. Each row is a sentence too, for screen readers. Without
 * room side by side the lanes shrink to a margin of lines.
 * @returns nothing if programs did no more than print: that is in their output already
 */
export function timeline(evidence: Evidence, name: string): Markup | undefined {
  if (evidence.wire.length + evidence.http.length === 0) return undefined;
  const output = withoutForeignFrames(evidence.output);
  const { events, hidden } = timelineOf({ ...evidence, output });
  if (events.length === 0) return undefined;
  const { lanes, rows } = lanesOf(events);
  const remark =
    hidden &&
    html`<p class="remark">Left out: ${hidden.count} commands with which ${hidden.libraries} keeps its books.</p>`;
  return html`<div class="timeline" role="region" aria-label="Timeline of ${name}" tabindex="0">
<div class="${lanesClass(lanes)}">
<ul class="heads">${lanes.map(head)}</ul>
<div class="lines" aria-hidden="true">${lanes.map((_, at) => html`<i class="${lineClass(lanes, at)}"></i>`)}</div>
<ol>${rows.map((row) => ('from' in row ? step(row, lanes) : gap(row)))}</ol>
</div></div>${remark}`;
}

/** The rules that place things in the columns: two for each lane, its line between them. */
export function laneRules(): string {
  const columns = Array.from({ length: 2 * mostLanes + 2 }, (_, index) => index + 2);
  const counts = Array.from({ length: mostLanes }, (_, index) => index + 1);
  return [
    ...columns.map((at) => `.s${at}{--start:${at}}.e${at}{--end:${at}}`),
    ...counts.map((count) => `.n${count}{--lanes:${count}}`),
  ].join('');
}

function head({ name }: Lane, at: number, lanes: readonly Lane[]): Markup {
  return html`<li class="${headClass(lanes, at)}"><span>${name}</span></li>`;
}

function step({ at, kind, from, to, text, reply }: Step, lanes: readonly Lane[]): Markup {
  const ends = { from, to };
  const { step, place } = stepClasses(kind, ends, lanes);
  const answer =
    reply === undefined
      ? undefined
      : html` <span class="reply"><span class="for-ears">answer: </span>${shown(shortened(reply, mostOfReply))}</span>`;
  return html`<li class="${step}"><span class="at">${Math.round(at)}<span class="for-ears"> ms</span></span><span class="arrow ${place}" aria-hidden="true"></span><span class="label ${place}"><span class="who">${whoDoes({ kind }, ends, lanes)}</span> <code>${shown(shortened(text, from === to ? mostPrinted : mostLetters))}</code>${answer}</span></li>`;
}

const mostPrinted = 600;
const mostLetters = 160;
const mostOfReply = 120;

function gap(row: Gap): Markup {
  if ('pause' in row) {
    return html`<li class="gap"><span>${(row.pause / 1000).toFixed(1)} s later</span></li>`;
  }
  return html`<li class="gap"><span>${row.skipped} steps are left out here</span></li>`;
}
