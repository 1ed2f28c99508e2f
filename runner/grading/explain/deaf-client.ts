import { type PlacedFinding, quote } from '../finding';
import { clientsWithoutErrorListener } from '../source/clients';
import type { Source } from '../source/requirements';

/** A program that an error of Redis has ended, where one of its clients hears of errors and another does not. */
export function explainByClients(source: Source, finding: PlacedFinding): PlacedFinding {
  if (
    finding.class !== 'redis-unreachable' ||
    finding.environment ||
    finding.expected !== undefined
  )
    return finding;
  const [deaf] = clientsWithoutErrorListener(source);
  if (!deaf) return finding;
  const { name, line } = deaf;
  return {
    ...finding,
    message: `The client ${quote(name)} has no listener for “error”, so the program ends as soon as Redis refuses it.`,
    next: `Give it a listener of its own: ${name}.on('error', …).`,
    line,
  };
}
