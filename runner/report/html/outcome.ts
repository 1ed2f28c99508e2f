import type { Outcome } from '../../grading/verdict';
import { glyphs, html, type Markup } from './markup';

/** A verdict as a word with its sign. */
export function badge(outcome: Outcome): Markup {
  return html`<span class="badge ${outcome}"><span aria-hidden="true">${sign(outcome)} </span>${outcome}</span>`;
}

/** The sign of a verdict: never alone, always beside the word. */
export function sign(outcome: Outcome): string {
  return { passed: glyphs.pass, failed: glyphs.fail, missing: glyphs.idle }[outcome];
}
