import { fail, type NextStep, type Place, quote } from '../../grading/finding';
import { isObject } from '../../grading/json';
import type { Answer } from './answer';
import { bareStatus, expressPage, shorten } from './express-page';
import { takenBefore } from './no-route';

/**
 * The answer is JSON, and its content type says so.
 * @param expected for the screen
 * @throws CheckFailure otherwise
 */
export function expectJsonAnswer(answer: Answer, expected: unknown): void {
  const sides = { expected: JSON.stringify(expected), seen: answer.body };
  const { request, path: route } = answer;
  const status = isObject(answer.json) ? undefined : bareStatus(answer);
  if (status !== undefined) {
    fail({
      class: 'wrong-answer',
      message: `${request} sends the status ${status} alone as its answer: ${quote(answer.body)}.`,
      next: {
        says: `Set the status by res.status(${status}), and answer with json(…) behind it.`,
        unless: `$.status(${status})`,
        otherwise: `Answer with json(…) behind status(${status}) on this way through the route as well.`,
      },
      at: [
        { code: `$.json(${status}, $)` },
        { code: `$.send(${status}, $)` },
        { code: `$.send(${status})` },
        { code: `$.sendStatus(${status})` },
        { route },
      ],
      ...sides,
    });
  }
  if (answer.json === undefined) {
    fail({
      class: 'wrong-answer',
      message: `${request} answers with text that is no JSON: ${quote(shorten(answer.body))}.`,
      next: 'Answer with res.json(…), on every way through the route.',
      ...expressPage(answer),
      at: [{ route, calls: ['send', 'end', 'write'] }, { route }],
      ...sides,
    });
  }
  if (/^application\/json\b/i.test(answer.contentType)) return;
  fail({
    class: 'wrong-answer',
    message: `${request} answers JSON under the content type ${quote(answer.contentType)}.`,
    next: 'Answer with res.json(…): it sets application/json.',
    at: [{ route, calls: ['send', 'end', 'write'] }, { route }],
    ...sides,
  });
}

/**
 * The answer is this value as JSON; the order of keys is free.
 * @throws CheckFailure naming the first difference
 */
export function expectSameJson(answer: Answer, expected: unknown, next: NextStep): void {
  expectJsonAnswer(answer, expected);
  const difference = firstDifference(expected, answer.json, '');
  if (difference === undefined) return;
  expectOwnRoute(answer, expected);
  fail({
    class: 'wrong-answer',
    message: `${answer.request} ${difference.says}.`,
    next: difference.next ?? next,
    at: [
      ...(difference.at ? [difference.at] : []),
      { route: answer.path, field: difference.field, value: difference.value },
    ],
    compared: difference.compared,
    expected: JSON.stringify(expected),
    seen: answer.body,
  });
}

/**
 * No other route has answered that stands before the path's own.
 * @param expected for the screen
 * @throws CheckFailure naming that route
 */
export function expectOwnRoute(answer: Answer, expected: unknown): void {
  const fault = takenBefore(answer.by?.source, answer.path);
  if (!fault) return;
  fail({
    class: 'wrong-answer',
    ...fault,
    expected: JSON.stringify(expected),
    seen: answer.body,
  });
}

/** Whether two JSON values are the same. */
export function isSameJson(one: unknown, other: unknown): boolean {
  return firstDifference(one, other, '') === undefined;
}

/** Where two JSON values differ, as the end of a sentence. */
interface Difference {
  says: string;
  /** The two texts or names that are not the same. */
  compared?: readonly [wanted: string, got: string];
  /** The field that differs, and the value that it has. */
  field?: string;
  value?: unknown;
  /** A step that mends it, if the difference alone shows one. */
  next?: string;
  at?: Place;
}

/** The first place where two JSON values differ. */
function firstDifference(expected: unknown, seen: unknown, at: string): Difference | undefined {
  const place = at === '' ? 'the answer' : quote(at);
  if (isObject(expected) && isObject(seen) && Array.isArray(expected) === Array.isArray(seen)) {
    if (Array.isArray(expected) && Array.isArray(seen) && expected.length !== seen.length) {
      const says = `should hold ${expected.length} items in ${place}, and holds ${seen.length}`;
      return { says };
    }
    const surplus = Object.keys(seen).filter((key) => !(key in expected));
    for (const [key, value] of Object.entries(expected)) {
      const inner = Array.isArray(expected) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`;
      if (!(key in seen)) {
        const [other] = surplus;
        return {
          says: `lacks ${quote(inner)}${inItsPlace(surplus)}`,
          field: key,
          ...(other === undefined ? {} : { compared: [key, other] }),
          ...(other === '0' ? forList : {}),
        };
      }
      const difference = firstDifference(value, seen[key], inner);
      if (difference !== undefined) return { field: key, value: seen[key], ...difference };
    }
    const [extra] = surplus;
    return extra === undefined
      ? undefined
      : {
          says: `has ${quote(extra)}, which the task does not name`,
          field: extra,
          next: `Take ${quote(extra)} out of the answer.`,
        };
  }
  if (Object.is(expected, seen)) return undefined;
  if (isObject(expected)) {
    return {
      says: `should give ${kindOf(expected)} for ${place}, and gives ${kindOf(seen)}`,
      ...(Array.isArray(seen) ? forList : {}),
    };
  }
  const kinds =
    typeof expected === typeof seen || expected === null || seen === null
      ? ''
      : `, a ${kind(seen)} where a ${kind(expected)} is asked for`;
  const says = `should give ${JSON.stringify(expected)} for ${place}, and gives ${shorten(JSON.stringify(seen) ?? 'nothing')}${kinds}`;
  const texts = typeof expected === 'string' && typeof seen === 'string';
  return { says, ...(texts ? { compared: [expected, seen] } : {}) };
}

const forList: { next: string; at: Place } = {
  next: 'Take the one item out of the list: find() gives the item, filter() a list of one.',
  at: { calls: ['filter'], only: true },
};

function inItsPlace(surplus: string[]): string {
  if (surplus.includes('0')) return `; it has ${quote('0')}: a list stands in its place`;
  if (surplus.length === 0) return '';
  return `; it has ${surplus.map(quote).join(', ')}, which the task does not name`;
}

function kind(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}

/** As in “gives a list”: what it is, with a short value after it. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (isObject(value)) return Array.isArray(value) ? 'a list' : 'an object';
  return `the ${kind(value)} ${shorten(JSON.stringify(value))}`;
}
