import { fail, type NextStep } from '#grading';
import type { Answer } from '#vocabulary/http/answer';
import { expectSameJson } from '#vocabulary/http/json-answer';

/** What a route is to answer. */
export interface Expected {
  status: number;
  json: unknown;
  /** The next step if the JSON is another. */
  next: NextStep;
}

/**
 * The answer is this JSON, under this status code.
 * @throws CheckFailure naming the first difference
 */
export function expectSame(answer: Answer, { status, json, next }: Expected): void {
  expectSameJson(answer, json, next);
  if (answer.status === status) return;
  const set = `status(${status})`;
  fail({
    class: 'wrong-answer',
    message: `${answer.request} answers ${answer.body} with the status code ${answer.status}; the task asks for ${status}.`,
    next:
      status === 200
        ? 'Leave the status out where all is well: json() alone answers 200.'
        : {
            says: `Set it before the answer: response.${set}.json(…).`,
            unless: `$.${set}`,
            otherwise: `Answer with response.${set}.json(…) on this way through the route as well.`,
          },
    at: { route: answer.path, field: 'status', value: statusOf(answer.json) },
    expected: `${status} ${JSON.stringify(json)}`,
    seen: `${answer.status} ${answer.body}`,
  });
}

function statusOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'status' in json ? json.status : undefined;
}
