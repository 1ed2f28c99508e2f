import type { Place, PlacedFinding } from '../finding';
import type { Evidence } from '../verdict';

/**
 * When that was seen which a finding is about: the wrong line, the wrong command, the wrong answer.
 * @returns milliseconds since the check began; nothing where it is about something that never came
 */
export function findingMoment(finding: PlacedFinding, evidence: Evidence): number | undefined {
  for (const place of [finding.at ?? []].flat()) {
    const at = momentAt(place, evidence);
    if (at !== undefined) return at;
  }
  return strangeLine(finding, evidence);
}

function momentAt(place: Place, { output, wire, http }: Evidence): number | undefined {
  if ('route' in place) return http.findLast(({ request }) => asks(request, place.route))?.at;
  if ('prints' in place) {
    const isMeant = ({ text }: { text: string }) => text === place.prints;
    return (place.which === 'last' ? output.findLast(isMeant) : output.find(isMeant))?.at;
  }
  if ('sends' in place) {
    const [name = '', ...words] = place.sends;
    return wire.find(
      ({ command: [sent, ...rest] }) =>
        sent === name.toUpperCase() && words.every((word, at) => rest[at] === word),
    )?.at;
  }
  if ('throws' in place) return output.find(({ text }) => text.includes(place.throws))?.at;
  return undefined;
}

function asks(request: string, route: string): boolean {
  return request.split(' ').includes(route);
}

/** The first line that was printed and should not have been. */
function strangeLine(
  { expected = '', seen = '' }: PlacedFinding,
  { output }: Evidence,
): number | undefined {
  const wanted = new Set(expected.split('\n'));
  const strange = new Set(seen.split('\n').filter((line) => line !== '' && !wanted.has(line)));
  return output.find(({ text }) => strange.has(text))?.at;
}
