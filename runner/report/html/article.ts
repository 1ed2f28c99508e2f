import path from 'node:path';
import { html, type Markup, shown } from './markup';
import { anchorOf, type ReportedLesson } from './model';
import { badge } from './outcome';
import { partSection } from './part';

/** A lesson with its verdict, its files, and what else is to be said of it. */
export function article(reported: ReportedLesson): Markup {
  const { name, graded, hints, edited } = reported;
  const { lesson, verdict, files } = graded;
  const id = anchorOf(reported);
  const { finding } = verdict;
  const parts = verdict.parts.map((part) => partSection(part, graded, id));
  return html`<article class="lesson ${verdict.verdict}" id="${id}" aria-labelledby="${id}-title">
<header>
<h2 id="${id}-title"><span class="number"><span class="for-ears">Lesson </span>${name}</span> ${lesson.title}</h2>
${badge(verdict.verdict)}
<p class="facts">${facts(graded, hints)}</p>
</header>
${edited ? html`<p class="advice"><strong>Note</strong> The files were edited while they were graded: the verdict is on what they were before.</p>` : undefined}
${verdict.parts.length === 0 && finding ? html`<div class="told"><p class="wrong">${shown(finding.message)}</p><p class="next"><strong>Next step</strong> ${shown(finding.next)}</p></div>` : undefined}
${verdict.advice.map((text) => html`<p class="advice"><strong>Advice</strong> ${shown(text)}</p>`)}
${parts}
${files.length === 0 && verdict.parts.length === 0 ? html`<p class="remark">No file was found.</p>` : undefined}
</article>`;
}

function facts(
  { lesson, verdict, files }: ReportedLesson['graded'],
  hints: number | undefined,
): string {
  const names = files.map((file) => path.basename(file)).join(', ');
  return [
    lesson.level,
    names || `no file (${lesson.files.join(', ')})`,
    files.length > 0 ? `graded in ${duration(verdict.ms)}` : '',
    hints === undefined
      ? ''
      : `${hints === 0 ? 'no' : hints} ${hints === 1 ? 'hint' : 'hints'} used`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
