import {
  api,
  type Comparison,
  type Hint,
  type LessonName,
  type Match,
  type OpenedLesson,
  type Refusal,
  type Saved,
  type State,
  type WireRun,
} from '../../protocol';

/** A request that was not served: its sentence, and the next step. */
export class Refused extends Error {
  override name = 'Refused';
  constructor(
    readonly status: number,
    { message, next }: Refusal,
  ) {
    super(message);
    this.next = next;
  }
  readonly next: string;
}

/** What the page asks of its server. Each throws Refused where it is not served. */
export const server = {
  state: () => ask<State>('GET', '/state'),
  lesson: (lesson: LessonName) => ask<OpenedLesson>('GET', pathOf(lesson)),
  wire: (lesson: LessonName) => ask<WireRun>('GET', `${pathOf(lesson)}/wire`),
  search: (words: string) => ask<Match[]>('GET', `/search?words=${encodeURIComponent(words)}`),
  check: (lesson: LessonName) => ask<object>('POST', `${pathOf(lesson)}/check`, {}),
  hint: (lesson: LessonName) => ask<Hint>('POST', `${pathOf(lesson)}/hint`, {}),
  comparison: (lesson: LessonName, wanted: { confirmed: boolean; further: boolean }) =>
    ask<Comparison[]>('POST', `${pathOf(lesson)}/comparison`, wanted),
  /** Saves a file's text, unless another than `base` stands there: then nothing is written. */
  save: (
    lesson: LessonName,
    file: string,
    text: { text: string; base: string; other?: string | undefined },
  ) => ask<Saved>('PUT', `${pathOf(lesson)}/files/${encodeURIComponent(file)}`, text),
};

/** Where the server tells what happens. */
export const eventsUrl = `${api}/events`;

/** Where what belongs to a lesson is asked for. */
export function pathOf({ course, id }: LessonName): string {
  return `/lessons/${course}/${id}`;
}

/** A conflict is an answer, not a refusal. */
const served = (response: Response) => response.ok || response.status === 409;

/** Asks the server for something. @throws Refused where it is not served */
export async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(api + path, {
      method,
      ...(body
        ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
        : {}),
    });
  } catch {
    throw new Refused(0, {
      message: 'The workbook does not answer.',
      next: `Is it still running in its terminal? Start it again with "${document.body.dataset.openCommand}".`,
    });
  }
  if (response.status === 401) {
    throw new Refused(401, {
      message: 'The workbook was started again, and this page is of the start before.',
      next: 'Open the address that it printed.',
    });
  }
  // The server is of the same start as this script: its answers have the shapes of protocol.ts.
  const answer: unknown = await response.json();
  if (!served(response)) throw new Refused(response.status, answer as Refusal);
  return answer as Answer;
}
