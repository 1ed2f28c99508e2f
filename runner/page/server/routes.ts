import express, { type ErrorRequestHandler, type Request, Router } from 'express-v5';
import * as v from 'valibot';
import { giveHint } from '../../commands/hint';
import type { Session } from '../../commands/session';
import type { Lesson } from '../../course/lesson';
import { rememberLast } from '../../course/progress/progress-file';
import { UsageError } from '../../course/usage-error';
import { errorReport } from '../../report/terminal/error-report';
import {
  comparisonSchema,
  type Hint,
  lessonNameSchema,
  type Refusal,
  savedFileSchema,
  searchSchema,
} from '../protocol';
import { comparisons } from './comparison';
import type { EventStream } from './event-stream';
import { saveLessonFile } from './lesson-file';
import { readText } from './lesson-text';
import { openedLesson } from './lesson-view';
import { search } from './search';
import type { Workbench } from './workbench';

/** What the page asks for: reading by GET; writing, checking and giving by POST and PUT. */
export function routes(session: Session, bench: Workbench, events: EventStream): Router {
  const router = Router();
  router.use(express.json({ limit: mostSent, type: 'application/json' }));

  router.get('/state', async (_, response) => void response.json(await bench.state()));

  router.get('/events', (request, response) => {
    const { start } = events;
    events.join(request, response, { kind: 'hello', start, readOnly: session.workspace.readOnly });
  });

  router.get('/search', (request, response) => {
    response.json(search(session, parsed(searchSchema, request.query).words));
  });

  router.get('/lessons/:course/:id', (request, response) => {
    const lesson = lessonIn(session, request);
    session.remember((workspace) => rememberLast(workspace, lesson.course, lesson.id));
    response.json(openedLesson(session, bench, lesson));
  });

  router.put('/lessons/:course/:id/files/:name', (request, response) => {
    const lesson = lessonIn(session, request);
    const { workspace } = session.of(lesson);
    if (workspace.readOnly) {
      throw new UsageError('This folder is only read.', 'Leave --dir out to write files of yours.');
    }
    const name = lesson.files.find((one) => one === request.params.name);
    if (name === undefined) throw new UsageError('The lesson has no such file.');
    const saved = saveLessonFile(
      lesson,
      workspace.folder,
      name,
      parsed(savedFileSchema, request.body),
    );
    response.status(saved.saved ? 200 : 409).json(saved);
  });

  router.get('/lessons/:course/:id/wire', (request, response) => {
    response.json(bench.wireOf(lessonIn(session, request)));
  });

  router.post('/lessons/:course/:id/check', (request, response) => {
    bench.check(lessonIn(session, request));
    response.status(202).json({});
  });

  router.post('/lessons/:course/:id/hint', (request, response) => {
    const lesson = lessonIn(session, request);
    const given = giveHint(session.of(lesson), lesson);
    if (!given) throw new UsageError('This lesson has no hints.');
    const { hint, place, of } = given;
    response.json({ text: readText(hint.text), place, of } satisfies Hint);
  });

  router.post('/lessons/:course/:id/comparison', (request, response) => {
    const wanted = parsed(comparisonSchema, request.body);
    response.json(comparisons(session, lessonIn(session, request), wanted));
  });

  router.use(() => {
    throw new UsageError('The workbook has no such page.', 'Load this page again.');
  });
  router.use(refused);
  return router;
}

/** A file of a million letters, each of them written as an escape. */
const mostSent = '7mb';

/** @throws UsageError where the path names no lesson */
export function lessonIn({ shelf }: Session, request: Request): Lesson {
  const { course, id } = parsed(lessonNameSchema, request.params);
  const open = shelf.courses.find((one) => one.id === course);
  const lesson = open?.lessons.find((one) => one.id === id);
  if (!lesson) throw new UsageError('There is no such lesson.', 'Choose one from the list.');
  return lesson;
}

/** @throws UsageError where what came in is not what is asked for */
export function parsed<const Schema extends v.GenericSchema>(
  schema: Schema,
  given: unknown,
): v.InferOutput<Schema> {
  const read = v.safeParse(schema, given ?? {});
  if (read.success) return read.output;
  throw new UsageError(notUnderstood.message, notUnderstood.next);
}

const notUnderstood: Refusal = {
  message: 'The page has sent what the workbook does not understand.',
  next: 'Load this page again.',
};

/** Answers with why a request was not served. */
export const refused: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const unread = unreadBody(error);
  if (unread === 413) {
    const tooLarge = { message: 'That is too much to send.', next: 'Send a shorter text.' };
    response.status(413).json(tooLarge satisfies Refusal);
    return;
  }
  if (unread !== undefined) {
    response.status(400).json(notUnderstood satisfies Refusal);
    return;
  }
  const { kind, message, next: step } = errorReport(error);
  const status = kind === 'usage' ? 400 : 500;
  response.status(status).json({ message, next: step } satisfies Refusal);
};

/** The status for a body that could not be read at all; nothing where it was read. */
function unreadBody(error: unknown): unknown {
  return error instanceof Error && 'expose' in error && 'status' in error
    ? error.status
    : undefined;
}
