import express, { Router } from 'express-v5';
import type { Session } from '../../../commands/session';
import {
  askedSchema,
  enteredSchema,
  runNameSchema,
  startedCellSchema,
  startedServerSchema,
} from '../../protocol';
import { lessonIn, parsed, refused } from '../routes';
import type { Cells } from './cells';

/** What runs in a lesson's text. What is started here tells of itself by events. */
export function cellRoutes(session: Session, cells: Cells): Router {
  const router = Router();
  router.use(express.json({ limit: mostSent, type: 'application/json' }));

  router.post('/lessons/:course/:id/cells', async (request, response) => {
    const { run, ...cell } = parsed(startedCellSchema, request.body);
    await cells.run(lessonIn(session, request), run, cell);
    response.status(202).json({});
  });

  router.post('/lessons/:course/:id/prompt', async (request, response) => {
    const { run, text } = parsed(enteredSchema, request.body);
    await cells.enter(lessonIn(session, request), run, text);
    response.status(202).json({});
  });

  router.post('/lessons/:course/:id/server', async (request, response) => {
    const { run } = parsed(startedServerSchema, request.body);
    await cells.serve(lessonIn(session, request), run);
    response.status(202).json({});
  });

  router.get('/lessons/:course/:id/redis', async (request, response) => {
    response.json(await cells.keys(lessonIn(session, request)));
  });

  router.post('/lessons/:course/:id/redis/clear', async (request, response) => {
    await cells.clear(lessonIn(session, request));
    response.json({});
  });

  router.get('/runs/:run', (request, response) => {
    response.json(cells.whole(parsed(runNameSchema, request.params).run));
  });

  router.post('/runs/:run/ask', async (request, response) => {
    const { path, times } = parsed(askedSchema, request.body);
    response.json(await cells.ask(parsed(runNameSchema, request.params).run, path, times));
  });

  router.post('/runs/:run/stop', async (request, response) => {
    await cells.stop(parsed(runNameSchema, request.params).run);
    response.json({});
  });

  router.use(refused);
  return router;
}

/** A text of a hundred thousand letters, each of them written as an escape. */
const mostSent = '700kb';
