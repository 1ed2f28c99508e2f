import type { Graded } from '../course/grading';
import type { Evidence } from '../grading/verdict';
import { keysLeft } from '../report/terminal/keys-left';
import type { Screen } from '../report/terminal/screen';
import { timeline } from '../report/terminal/timeline';

/** What of the evidence to show. */
export interface EvidenceParts {
  timeline?: boolean;
  keys?: boolean;
}

/** A run's timeline, the keys that it left, or both, as text. */
export function evidenceText(evidence: Evidence, wanted: EvidenceParts, screen: Screen): string {
  const sections = [
    ...(wanted.timeline ? [section('timeline', timeline(evidence, screen), screen)] : []),
    ...(wanted.keys ? [section('keys in Redis', keysLeft(evidence.keys, screen), screen)] : []),
  ];
  return `\n${sections.join('\n\n')}\n`;
}

/** The same for a check, which runs each file of a lesson by itself. */
export function gradedEvidenceText(
  { verdict }: Graded,
  wanted: EvidenceParts,
  screen: Screen,
): string {
  const { parts } = verdict;
  return parts
    .map(({ file, evidence }) => {
      const name = parts.length > 1 ? `\n  ${screen.paint(['bold', 'cyan'], file)}\n` : '';
      return `${name}${evidenceText(evidence, wanted, screen)}`;
    })
    .join('');
}

function section(name: string, lines: readonly string[], { paint }: Screen): string {
  return [`  ${paint(['bold', 'cyan'], name)}`, '', ...lines].join('\n').trimEnd();
}
