import type { Outcome } from '../../grading/verdict';
import { type Isolation, isolations } from '../../sandbox/isolation/level';
import { failureName } from '../failure-names';
import { html, type Markup } from './markup';
import { anchorOf, type HtmlReport, type ReportedLesson } from './model';
import { sign } from './outcome';

/** The head of the page: how far, when, with which Redis, and a link to each lesson. */
export function overview(report: HtmlReport): Markup {
  const { lessons } = report;
  const counts = outcomes.map((outcome) => ({
    outcome,
    count: lessons.filter(({ graded }) => graded.verdict.verdict === outcome).length,
  }));
  const passed = counts[0]?.count ?? 0;
  return html`<header class="overview">
<p class="name">Queuing workbook</p>
<h1>${passed} of ${lessons.length} ${lessons.length === 1 ? 'lesson' : 'lessons'} passed</h1>
${bar(counts, lessons.length)}
<ul class="counts">${counts
    .filter(({ count }) => count > 0)
    .map(
      ({ outcome, count }) =>
        html`<li class="${outcome}"><span aria-hidden="true">${sign(outcome)}</span> ${count} ${outcome}</li>`,
    )}</ul>
<dl class="about">${about(report)}</dl>
</header>
<nav aria-label="Lessons"><ol class="index">${lessons.map(entry)}</ol></nav>`;
}

const outcomes: Outcome[] = ['passed', 'failed', 'missing'];

function bar(counts: readonly { outcome: Outcome; count: number }[], all: number): Markup {
  let from = 0;
  const pieces = counts.map(({ outcome, count }) => {
    const piece = html`<rect class="${outcome}" x="${from}" y="0" width="${count}" height="1"/>`;
    from += count;
    return piece;
  });
  const label = counts.map(({ outcome, count }) => `${count} ${outcome}`).join(', ');
  return html`<svg class="bar" viewBox="0 0 ${Math.max(1, all)} 1" preserveAspectRatio="none" role="img" aria-label="${label}">${pieces}</svg>`;
}

function about({ at, redis, what, workbook, node, lessons }: HtmlReport): Markup[] {
  const kind = {
    server: 'a private server',
    embedded: 'embedded in the workbook',
    url: "the learner's own",
  }[redis.kind];
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  return [
    ['Graded', html`<time datetime="${at.toISOString()}">${date.format(at)}</time>`] as const,
    ['Files', html`${what}`] as const,
    ['Redis', html`${redis.version}, ${kind}`] as const,
    ['Programs', html`${held(lessons)}`] as const,
    ['Workbook', html`${workbook}, on Node.js ${node}`] as const,
  ].map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
}

/** What held the programs: one level for all, as a rule. */
function held(lessons: readonly ReportedLesson[]): string {
  const levels = isolations.filter((level) =>
    lessons.some(({ graded }) => graded.verdict.isolation === level),
  );
  return levels.map((level) => heldBy[level]).join('; ');
}

const heldBy: Record<Isolation, string> = {
  walls: 'behind walls (bubblewrap)',
  guard: 'under Node’s permission model',
  none: 'held by nothing',
};

function entry(reported: ReportedLesson): Markup {
  const { name, graded } = reported;
  const { lesson, verdict } = graded;
  const { finding } = verdict;
  const why =
    verdict.verdict === 'failed' && finding
      ? html` <span class="why">${failureName(finding.class)}</span>`
      : undefined;
  return html`<li class="${verdict.verdict}"><a href="#${anchorOf(reported)}"><span class="mark" aria-hidden="true">${sign(verdict.verdict)}</span> <span class="number">${name}</span> <span class="title">${lesson.title}</span> <span class="outcome">${verdict.verdict}</span>${why}</a></li>`;
}
