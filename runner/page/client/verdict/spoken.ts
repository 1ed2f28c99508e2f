import type { LessonVerdict } from '../../protocol';

/** A verdict in a sentence or two, for whoever hears the page. */
export function spokenVerdict(verdict: LessonVerdict | undefined): string {
  if (!verdict) return '';
  const { outcome, error, parts } = verdict;
  if (error) return `Not checked. ${error.message} ${error.next}`;
  if (outcome === 'passed') return 'Passed.';
  const part = parts.find(({ finding }) => finding);
  if (!part?.finding) return outcome;
  const { name, message, next, line } = part.finding;
  const place = line === undefined ? part.file : `${part.file}, line ${line}`;
  return `${outcome}, ${name}: ${message} ${place}. Next step: ${next}`;
}
