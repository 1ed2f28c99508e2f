import type { Place, PlacedFinding } from '../finding';
import { readJson } from '../json';
import { naming, namings, onlyText, printing, routing, saying, sending } from '../source/locate';
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
  if ('calls' in place) return calling(source, place.calls, place.only);
  // What prints an error is not what is wrong.
  if ('prints' in place && hasError(place.prints)) return undefined;
  if ('prints' in place) return printing(source, place.prints, place.which);
  if ('lacks' in place) return saying(source, place.lacks);
  if ('text' in place) return onlyText(source, place.text);
  if ('sends' in place) return sending(source, place.sends);
  if ('names' in place) return rarest(source, place.names);
  if ('throws' in place) return throwingText(source, place.throws);
  if ('code' in place) {
    const [first] = matching(source, place.code);
    return first && source.lineOf(first);
  }
  return answering(source, place.route, finding);
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

/** Within an answer, the text or the name that does not belong there; the route otherwise. */
function answering(source: Source, path: string, { expected, seen }: PlacedFinding) {
  const [wanted, given] = [readJson(expected ?? ''), readJson(seen ?? '')];
  const asked = new Set(wordsIn(wanted));
  const strange =
    given === undefined
      ? [seen ?? '']
      : wordsIn(wanted && given).filter((word) => !asked.has(word));
  const [line] = strange.flatMap((text) => (text === '' ? [] : (naming(source, text) ?? [])));
  return line ?? routing(source, path);
}

/** Every name and text in a JSON value. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return [...names, ...Object.values(value).flatMap(wordsIn)];
}
