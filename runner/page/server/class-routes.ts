import { type ErrorRequestHandler, Router } from 'express-v5';
import { classAssets } from '../../class/page/assets';
import { classPage } from '../../class/page/class-page';
import { classTable } from '../../class/results/class-table';
import { ResultsFolder } from '../../class/results/results-folder';
import type { Session } from '../../commands/session';
import { parted } from '../../report/html/head';
import { errorReport } from '../../report/terminal/error-report';
import { classPlace } from '../protocol';

/**
 * The page of a class, made from what is stored at the moment that it is asked for, and its learners'
 * reports. Styles and scripts are files, as the policy of every answer here wants them.
 */
export function classRoutes(session: Session): Router {
  // Without its last stroke, links in the page would lead elsewhere.
  const router = Router({ strict: true });
  const assets = classAssets();
  const results = shownClass(session);

  router.get(classPlace, (_, response, next) => {
    if (!results.hasRecord) return next();
    const { record } = results;
    const table = classTable(record, results);
    response.type('html').send(classPage(table, record, undefined, linkedParts));
  });
  router.get(`${classPlace}class.css`, (_, response) => {
    response.type('css').send(assets.style.text);
  });
  router.get(`${classPlace}class.js`, (_, response) => {
    response.type('js').send(assets.script.text);
  });

  router.get(`${classPlace}reports/:name`, (request, response, next) => {
    const [id = '', ending] = split(request.params.name);
    const report = reportOf(results, id);
    if (report && ending === 'html') response.type('html').send(report.page);
    else if (report && ending === 'css') response.type('css').send(report.style);
    else next();
  });
  router.use(unreadable);
  return router;
}

/** The results that the page shows: of the folder asked for, or of the usual one. */
export function shownClass({ options }: Session): ResultsFolder {
  return new ResultsFolder(options.class);
}

/** @throws EnvironmentError if a folder is asked for that holds no class's results */
export function expectClass(session: Session): void {
  if (session.options.class !== undefined) void shownClass(session).record;
}

const linkedParts = { style: { href: 'class.css' }, script: { href: 'class.js' } };

/** The report of one of the class: no other name leads to a file. */
function reportOf(results: ResultsFolder, id: string): ReturnType<typeof parted> {
  if (!results.hasRecord) return undefined;
  const isKnown = results.record.learners.some(({ submission }) => submission === id);
  const page = isKnown ? results.report(id) : undefined;
  return page === undefined ? undefined : parted(page, { href: `${id}.css` });
}

function split(name: string): [string, string] {
  const point = name.lastIndexOf('.');
  return [name.slice(0, point), name.slice(point + 1)];
}

/** Results that cannot be read, in words. */
const unreadable: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const { message, next: step } = errorReport(error);
  response.status(500).type('txt').send(`${message}\n${step}\n`);
};
