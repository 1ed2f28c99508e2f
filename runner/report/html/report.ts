import { article } from './article';
import { head } from './head';
import { html } from './markup';
import type { HtmlReport } from './model';
import { overview } from './overview';
import { style } from './style';

/**
 * A report to keep or hand in: one HTML page that is complete in itself. It loads nothing, runs no
 * script, and forbids both by its own policy; whatever a program wrote is text in it.
 */
export function htmlReport(report: HtmlReport): string {
  const passed = report.lessons.filter(({ graded }) => graded.verdict.verdict === 'passed').length;
  return html`<!doctype html>
<html lang="en">
${head(`${passed} of ${report.lessons.length} passed · Queuing workbook`, style())}
<body>
<a class="skip" href="#lessons">To the lessons</a>
${overview(report)}
<main id="lessons">
${report.lessons.map(article)}
</main>
<footer><p>Written by the workbook. This page is complete in itself: it loads nothing and runs no script. What the programs wrote stands in it as text; characters that cannot be seen are shown by signs such as <span class="sign">ESC</span> or <span class="sign">&lt;U+202E&gt;</span>.</p></footer>
</body>
</html>
`.text;
}
