import http from 'node:http';
import { readJson } from '../../grading/json';
import type { Journal } from '../../sandbox/tap/journal';
import type { Answer } from './answer';

/** The most bytes of an answer that are read. */
const longest = 1024 * 1024;

/** No answer came, though the server lives. */
export class NoAnswer extends Error {}

/** One GET under way; the journal gets its exchange. */
export class Request {
  /** The answer, or what went wrong. */
  readonly answer: Promise<Answer | Error>;
  /** Resolves once the request has been handed to the system, or can no longer be. */
  readonly sent: Promise<void>;
  done = false;
  readonly #request: http.ClientRequest;

  /**
   * @param server the program's name, and the real port of its server
   * @param limit milliseconds
   */
  constructor(
    journal: Journal,
    server: { name: string; port: number | undefined },
    path: string,
    limit: number,
  ) {
    const exchange = { program: server.name, at: journal.now(), request: `GET ${path}` };
    journal.exchanges.push(exchange);
    const request = http.get({ host: '127.0.0.1', port: server.port, path, agent: false });
    this.#request = request;
    this.sent = new Promise((resolve) => {
      request.once('finish', resolve).once('close', resolve);
    });
    const timer = setTimeout(
      () => this.giveUp(`nothing came within ${limit / 1000} seconds`),
      limit,
    );
    this.answer = new Promise<Answer | Error>((resolve) => {
      request.on('error', resolve);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > longest) request.destroy(new Error('it is longer than a megabyte'));
          else chunks.push(chunk);
        });
        response.on('error', resolve);
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString();
          const status = response.statusCode ?? 0;
          const contentType = response.headers['content-type'] ?? '';
          Object.assign(exchange, { status, contentType, body });
          const { request: asked } = exchange;
          resolve({ request: asked, path, status, contentType, body, json: readJson(body) });
        });
      });
    });
    this.answer.then(() => {
      clearTimeout(timer);
      this.done = true;
      journal.changed();
    });
  }

  /** Ends it without an answer. */
  giveUp(why: string): void {
    this.#request.destroy(new NoAnswer(why));
  }
}
