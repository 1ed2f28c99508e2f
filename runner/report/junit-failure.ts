import type { Finding } from '../grading/verdict';
import { xml } from './xml';

/** What of a finding is told to a CI server. */
export type JunitFinding = Pick<
  Finding,
  'class' | 'message' | 'next' | 'line' | 'expected' | 'seen'
>;

/**
 * What failed, as an element of a test case. Where there are several findings it is named by the first.
 * @param findings none for what did not pass for no reason that is known
 */
export function junitFailure(...findings: readonly (JunitFinding | undefined)[]): string {
  const known = findings.filter((finding) => finding !== undefined);
  const [first] = known;
  if (!first) return '      <failure type="failed" message="It did not pass."/>';
  const body = known.map(textOf).join('\n\n');
  return `      <failure type="${xml(first.class)}" message="${xml(first.message)}">${xml(body)}</failure>`;
}

function textOf({ message, next, line, expected, seen }: JunitFinding): string {
  return [
    message,
    ...(line === undefined ? [] : [`Line: ${line}`]),
    ...(expected === undefined ? [] : ['', 'Expected:', expected, '', 'Seen:', seen ?? '']),
    '',
    `Next: ${next}`,
  ].join('\n');
}
