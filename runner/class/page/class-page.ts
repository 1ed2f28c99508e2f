import { type Asset, head, type Linked, scriptElement } from '../../report/html/head';
import { glyphs, html, type Markup } from '../../report/html/markup';
import { anchorOf } from '../../report/html/model';
import { sign } from '../../report/html/outcome';
import type { ClassRecord } from '../class-record';
import type { ClassCell, ClassRow, ClassTable } from '../results/class-table';
import { type FailureGroup, failureGroups } from '../results/failure-groups';
import { stateWords } from '../results/state-words';
import type { ClassComparison } from '../similarity/class-comparison';
import { classAssets } from './assets';
import { failureSection } from './failure-section';
import { similarSection } from './similar-section';

/**
 * A class as one page. It is complete in itself if style and script stand in it: it loads nothing, and its
 * policy allows those two and no other. Cells lead to the learners' own reports, which lie beside it. Without
 * the script the whole table stands there, in the class's order.
 * @param comparison who has the same code, if that is to be told
 * @param parts style and script: in the page, or linked if a server gives them
 */
export function classPage(
  table: ClassTable,
  { title, gradedAt }: ClassRecord,
  comparison?: ClassComparison,
  { style, script }: ClassParts = classAssets(),
): string {
  const groups = failureGroups(table);
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  const { rows } = table;
  return html`<!doctype html>
<html lang="en">
${head(`${rows.length} learners · ${title}`, style, script)}
<body class="class">
<a class="skip" href="#learners">To the learners</a>
<header class="overview">
<p class="name">${title}</p>
<h1>${rows.length} ${rows.length === 1 ? 'learner' : 'learners'}</h1>
<ul class="counts">${counts(rows)}</ul>
<p class="about">Graded <time datetime="${gradedAt}">${date.format(new Date(gradedAt))}</time></p>
</header>
<main>
${finder(groups)}
${grid(table, groups)}
${failureSection(groups, rows)}
${comparison && similarSection(comparison)}
</main>
<footer><p>Written by the workbook. ${'text' in style ? besideIt : 'A cell leads to the learner’s report.'}</p></footer>
${scriptElement(script)}
</body>
</html>
`.text;
}

/** Where a class's page has its style and its script. */
export interface ClassParts {
  style: Asset | Linked;
  script: Asset | Linked;
}

const besideIt =
  'This page loads nothing. A cell leads to the learner’s report, in the folder “reports” beside this page.';

function counts(rows: readonly ClassRow[]): Markup[] {
  const states = [
    ['graded', 'passed', 'graded'],
    ['fault', 'missing', 'grader fault'],
    ['refused', 'missing', 'not taken'],
    ['waiting', 'missing', 'not graded yet'],
  ] as const;
  return states.flatMap(([state, look, words]) => {
    const count = rows.filter((row) => row.state === state).length;
    return count > 0 ? [html`<li class="${look}">${count} ${words}</li>`] : [];
  });
}

/** Of no use without the script, which shows it. */
function finder(groups: readonly FailureGroup[]): Markup {
  const options = groups.map(
    ({ lesson, message, rows }, at) =>
      html`<option value="${at}">${rows.length} · lesson ${lesson} · ${message}</option>`,
  );
  return html`<form class="finder" hidden>
<label>Find a learner <input type="search" id="find" autocomplete="off"></label>
<label>Who failed by <select id="failure"><option value="">any or none</option>${options}</select></label>
<p><span id="shown" role="status"></span> · In the table arrow keys go from cell to cell, and Enter opens the report.</p>
</form>`;
}

function grid(table: ClassTable, groups: readonly FailureGroup[]): Markup {
  const { lessons, rows, mostPoints } = table;
  const heads = lessons.map(
    ({ name, title }) =>
      html`<th scope="col"><span class="sorts" title="${title}">${breakable(name)}</span></th>`,
  );
  return html`<div class="grid" role="region" aria-labelledby="learners" tabindex="0">
<table>
<caption id="learners">Learners and lessons</caption>
<thead><tr><th scope="col"><span class="sorts">Learner</span></th>${heads}<th scope="col" class="points"><span class="sorts">Points of ${mostPoints}</span></th><th scope="col">Remarks</th></tr></thead>
<tbody>
${rows.map((row) => line(row, groups))}
</tbody>
</table>
</div>`;
}

/** Of `COURSE/5` the number may stand below the course: columns stay narrow. */
function breakable(name: string): Markup {
  const [first = '', ...rest] = name.split('/');
  return html`${first}${rest.map((part) => html`/<wbr>${part}`)}`;
}

function line(row: ClassRow, groups: readonly FailureGroup[]): Markup {
  const { learner, cells, points, note } = row;
  const failures = groups.flatMap((group, at) => (group.rows.includes(row) ? [at] : []));
  const remarks = [stateWords(row), note ?? ''].filter((text) => text !== '').join(': ');
  return html`<tr data-failures="${failures.join(' ')}"><th scope="row">${learner.name}</th>${cells.map((one) => cell(one, row))}<td class="points" data-by="${points ?? -1}">${points ?? ''}</td><td class="remarks">${remarks}</td></tr>\n`;
}

function cell(
  { lesson, verdict, points, message }: ClassCell,
  { learner, state }: ClassRow,
): Markup {
  if (verdict === undefined) return html`<td data-by="-1"></td>`;
  const isPart = verdict !== 'passed' && points > 0;
  const look = isPart ? 'part' : verdict;
  const words = isPart ? 'passed in part' : verdict === 'fault' ? 'grader fault' : verdict;
  const drawn = verdict === 'fault' ? '?' : isPart ? glyphs.started : sign(verdict);
  const told = `Lesson ${lesson}: ${words}${message === undefined ? '' : `. ${message}`}`;
  const by = orders[look];
  // A fault has no report: it says nothing of the learner.
  if (state !== 'graded' || learner.submission === undefined) {
    return html`<td class="${look}" data-by="${by}" title="${told}"><span role="img" aria-label="${told}">${drawn}</span></td>`;
  }
  const href = `reports/${learner.submission}.html#${anchorOf({ name: lesson })}`;
  // Its name is its title: tens of thousands of cells hold no more than they must.
  return html`<td class="${look}" data-by="${by}"><a href="${href}" title="${told}"><span aria-hidden="true">${drawn}</span></a></td>`;
}

const orders = { passed: 4, part: 3, failed: 2, missing: 1, fault: 0 } as const;
