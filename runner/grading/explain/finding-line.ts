import type { Place, PlacedFinding, RoutePlace } from '../finding';
import { readJson, wordsIn } from '../json';
import { answering, naming, namings, onlyText, printing, saying, sending } from '../source/locate';
import { matching } from '../source/pattern';
import type { Source } from '../source/requirements';
import type { FailureClass } from '../verdict';
import { says } from './error-rules';
import { hasError } from './printed-error';

/**
 * The line of the learner's file that a finding is about: what printed the wrong line, sent the wrong
 * command, gave the wrong answer.
 * @returns from 1; nothing where it is not clear
 */
export function findingLine(source: Source, finding: PlacedFinding): number | undefined {
  if (finding.line !== undefined) return finding.line;
  const places = finding.at ?? usual[finding.class] ?? [];
  for (const place of [places].flat()) {
    const line = lineAt(source, place, finding);
    if (line !== undefined) return line;
  }
  return undefined;
}

/** Where findings of a class belong that name no place. */
const usual: Partial<Record<FailureClass, Place>> = {
  'wrong-port': { calls: ['listen'] },
  'redis-unreachable': { calls: ['createClient'] },
};

function lineAt(source: Source, place: Place, finding: PlacedFinding): number | undefined {
  if ('route' in place) return answeringLine(source, place, finding);
  if ('calls' in place) return calling(source, place.calls, place.only);
  // What prints an error is not what is wrong.
  if ('prints' in place && hasError(place.prints)) return undefined;
  if ('prints' in place) return printing(source, place.prints, place.which);
  if ('lacks' in place) return saying(source, place.lacks);
  if ('text' in place) return onlyText(source, place.text);
  if ('sends' in place) return sending(source, place.sends);
  if ('names' in place) return rarest(source, place.names);
  if ('throws' in place) return throwingText(source, place.throws);
  const [first] = matching(source, place.code);
  return first && source.lineOf(first);
}

function calling(source: Source, names: readonly string[], only = false): number | undefined {
  const count = names.reduce((sum, name) => sum + source.countCalls(name), 0);
  return only && count > 1 ? undefined : source.lineOfCall(...names);
}

/** Of the names that the file has, the one that stands there least often. */
function rarest(source: Source, names: readonly string[]): number | undefined {
  const places = names
    .map((text) => namings(source, text))
    .filter(({ length }) => length > 0)
    .sort((one, other) => one.length - other.length);
  return places[0]?.[0];
}

function throwingText(source: Source, text: string): number | undefined {
  const [, method] = says.missingMethod.exec(text) ?? [];
  return method === undefined ? naming(source, text) : source.lineOfCall(method);
}

/** Within a route, the text or the name that does not belong into its answer, or the field in question. */
function answeringLine(
  source: Source,
  { route, ...place }: RoutePlace,
  { expected, seen }: PlacedFinding,
) {
  const [wanted, given] = [readJson(expected ?? ''), readJson(seen ?? '')];
  const asked = new Set(wordsIn(wanted));
  const texts = given === undefined ? [seen ?? ''] : wordsIn(given);
  const strange = given === undefined || wanted ? texts.filter((word) => !asked.has(word)) : [];
  return answering(source, route, { texts, strange, ...place });
}
