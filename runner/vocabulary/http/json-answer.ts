import type { NextStep } from '#grading';
import { fail, quote } from '../../grading/finding';
import { isObject } from '../../grading/json';

/** A route's answer. */
export interface Answer {
  /** Such as `GET /list`. */
  request: string;
  /** What was asked for, such as `/list`. */
  path: string;
  status: number;
  contentType: string;
  body: string;
  /** The body as JSON; undefined where it is none. */
  json: unknown;
}

/**
 * The answer is JSON, and its content type says so.
 * @param expected for the screen
 * @throws CheckFailure otherwise
 */
export function expectJsonAnswer(answer: Answer, expected: unknown): void {
  const sides = {
    expected: JSON.stringify(expected),
    seen: answer.body,
    at: { route: answer.path },
  };
  if (answer.json === undefined) {
    const express = expressPage(answer);
    fail({
      class: 'wrong-answer',
      message:
        express?.message ??
        `${answer.request} answers with text that is no JSON: ${quote(shorten(answer.body))}.`,
      next: express?.next ?? 'Answer with res.json(…), on every way through the route.',
      ...sides,
    });
  }
  if (/^application\/json\b/i.test(answer.contentType)) return;
  fail({
    class: 'wrong-answer',
    message: `${answer.request} answers JSON under the content type ${quote(answer.contentType)}.`,
    next: 'Answer with res.json(…): it sets application/json.',
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
  fail({
    class: 'wrong-answer',
    message: `${answer.request} ${difference.says}.`,
    next,
    at: { route: answer.path },
    compared: difference.compared,
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
          ...(other === undefined ? {} : { compared: [key, other] }),
        };
      }
      const difference = firstDifference(value, seen[key], inner);
      if (difference !== undefined) return difference;
    }
    const [extra] = surplus;
    return extra === undefined
      ? undefined
      : { says: `has ${quote(extra)}, which the task does not name` };
  }
  if (Object.is(expected, seen)) return undefined;
  const kinds =
    typeof expected === typeof seen || expected === null || seen === null
      ? ''
      : `, a ${kind(seen)} where a ${kind(expected)} is asked for`;
  const says = `should give ${JSON.stringify(expected)} for ${place}, and gives ${shorten(JSON.stringify(seen) ?? 'nothing')}${kinds}`;
  const texts = typeof expected === 'string' && typeof seen === 'string';
  return { says, ...(texts ? { compared: [expected, seen] } : {}) };
}

function inItsPlace(surplus: string[]): string {
  if (surplus.length === 0) return '';
  return `; it has ${surplus.map(quote).join(', ')}, which the task does not name`;
}

/** Whether Express answers that it has no route for the path. */
export function hasNoRoute({ status, body }: Answer): boolean {
  return status === 404 && /<pre>Cannot GET /.test(body);
}

/** Express answers by itself where a route throws, and where there is none. */
function expressPage(answer: Answer): { message: string; next: NextStep } | undefined {
  const [, text] = /<pre>(.*?)(?:<br>|<\/pre>)/s.exec(answer.body) ?? [];
  if (text === undefined) return undefined;
  const error = plainText(text);
  if (error.startsWith('Cannot GET')) {
    return {
      message: `The server has no route for ${answer.request}.`,
      next: /\/.+\//.test(answer.request)
        ? 'Declare it with app.get(…), its path to the letter, and let it take any id: /:itemId.'
        : 'Declare it with app.get(…), its path to the letter.',
    };
  }
  return {
    message: `${answer.request} fails with ${quote(shorten(error))}.`,
    next: 'Look at the route: this error was thrown in it.',
  };
}

function plainText(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
}

function kind(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}

function shorten(text: string): string {
  const line = text.replace(/[ \t\r\n]+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}
