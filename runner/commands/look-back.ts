import type { Graded } from '../course/grading';
import type { Evidence } from '../grading/verdict';
import { keysLeft } from '../report/terminal/keys-left';
import type { Screen } from '../report/terminal/screen';
import { timeline } from '../report/terminal/timeline';

/** What of a run is looked back on. */
export interface Look {
  timeline?: boolean;
  keys?: boolean;
}

/** A run's timeline, the keys that it left, or both, as text. */
export function lookBack(evidence: Evidence, look: Look, screen: Screen): string {
  const sections = [
    ...(look.timeline ? [section('timeline', timeline(evidence, screen), screen)] : []),
    ...(look.keys ? [section('keys in Redis', keysLeft(evidence.keys, screen), screen)] : []),
  ];
  return `\n${sections.join('\n\n')}\n`;
}

/** The same for a check, which runs each file of a lesson by itself. */
export function lookBackOnParts({ verdict }: Graded, look: Look, screen: Screen): string {
  const { parts } = verdict;
  return parts
    .map(({ file, evidence }) => {
      const name = parts.length > 1 ? `\n  ${screen.paint(['bold', 'cyan'], file)}\n` : '';
      return `${name}${lookBack(evidence, look, screen)}`;
    })
    .join('');
}

function section(name: string, lines: readonly string[], { paint }: Screen): string {
  return [`  ${paint(['bold', 'cyan'], name)}`, '', ...lines].join('\n').trimEnd();
}
