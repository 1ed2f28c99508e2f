import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express-v5';
import type { Session } from '../../commands/session';
import { EnvironmentError } from '../../redis/instance';
import { type Bundle, bundle } from '../bundle';
import { api } from '../protocol';
import { pageStyle } from '../style';
import { cellRoutes } from './cells/cell-routes';
import { Cells } from './cells/cells';
import { classRoutes, expectClass } from './class-routes';
import { EventStream } from './event-stream';
import { guard } from './guard';
import { routes } from './routes';
import { Token } from './token';
import { Workbench } from './workbench';

/** The workbook as a page, as long as it is open. */
export interface OpenPage {
  /** With the token, which it takes once. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Serves the workbook to this machine's browsers.
 * @param port 0 for one that is free
 * @throws EnvironmentError where the port cannot be had, the Redis asked for cannot be used, or the folder
 * asked for holds no class's results
 */
export async function servePage(session: Session, port: number): Promise<OpenPage> {
  expectClass(session);
  const scripts = await bundle();
  const events = new EventStream();
  const bench = new Workbench(session, events);
  const cells = new Cells(session, events);
  const token = new Token();
  const app = express();
  const server = createServer(app);
  const own = await listening(server, port);
  app.disable('x-powered-by').disable('etag');
  app.set('query parser', 'simple');
  app.use(guard(token, () => own, session.command('open')));
  serveFiles(app, scripts, session);
  app.use(classRoutes(session));
  app.use(api, cellRoutes(session, cells));
  app.use(api, routes(session, bench, events));
  app.use((_, response) => void response.status(404).type('txt').send('There is nothing here.\n'));
  await bench.open();
  return {
    url: `http://127.0.0.1:${own}/?token=${token.text}`,
    port: own,
    close: async () => {
      events.close();
      server.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => server.close(resolve)),
        bench.close(),
        cells.close(),
      ]);
    },
  };
}

function serveFiles(app: express.Express, scripts: Bundle, session: Session): void {
  const style = pageStyle();
  const shell = shellOf(scripts, session);
  app.get('/', (_, response) => void response.type('html').send(shell));
  app.get('/page.css', (_, response) => void response.type('css').send(style));
  app.get('/:name', (request, response, next) => {
    const { name } = request.params;
    const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
    if (script === undefined) return next();
    response.type('js').send(script);
  });
}

/** The page before its script has run; what that loads later is on its way from the start. */
function shellOf(scripts: Bundle, session: Session): string {
  const later = Object.keys(scripts).filter((name) => name !== 'main.js');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Queuing workbook</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/main.js"></script>
${later.map((name) => `<link rel="modulepreload" href="/${name}">`).join('\n')}
</head>
<body class="workbook" data-open-command="${session.command('open')}"><div id="page"><header class="top"><p class="name">Queuing workbook</p></header><noscript>This page needs JavaScript. The terminal does not: ${session.command('list')}</noscript></div></body>
</html>
`;
}

/** @returns the port. @throws EnvironmentError where it cannot be had */
function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const taken = code === 'EADDRINUSE';
      reject(
        new EnvironmentError(
          taken ? `Port ${port} is taken.` : `Port ${port} cannot be used (${code}).`,
          'Leave --port out, or name another.',
        ),
      );
    });
    // Loopback alone: nobody else's machine can ask.
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
