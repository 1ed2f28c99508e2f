import http from 'node:http';
import { readJson } from '../../grading/json';
import { connectToServer } from '../../sandbox/server-connection';
import type { Exchange, Journal } from '../../sandbox/tap/journal';
import type { Answer } from './answer';

/** The most bytes of an answer that are read. */
const longest = 1024 * 1024;

/** No answer came, though the server lives. */
export class NoAnswer extends Error {}

/** Where a request goes. */
export interface Addressee {
  /** The program's name. */
  name: string;
  /** The port at which its server seems to listen. */
  port: number;
  /** The server's socket; nothing where none listens. */
  socket: string | undefined;
}

/** One GET under way; the journal gets its exchange. */
export class Request {
  /** The answer, or what went wrong. */
  readonly answer: Promise<Answer | Error>;
  /** Resolves once the request has been handed to the system, or can no longer be. */
  readonly sent: Promise<void>;
  done = false;
  readonly #end = new AbortController();
  readonly #signal: AbortSignal;
  readonly #exchange: Exchange;
  readonly #path: string;

  /**
   * @param limit milliseconds until it is given up
   * @param stopped gives it up earlier, with its reason
   */
  constructor(journal: Journal, to: Addressee, path: string, limit: number, stopped?: AbortSignal) {
    this.#path = path;
    this.#signal = AbortSignal.any([this.#end.signal, ...(stopped ? [stopped] : [])]);
    this.#exchange = { program: to.name, at: journal.now(), request: `GET ${path}` };
    journal.exchanges.push(this.#exchange);
    const timer = setTimeout(
      () => this.giveUp(`nothing came within ${limit / 1000} seconds`),
      limit,
    );
    let sent = () => {};
    this.sent = new Promise((resolve) => {
      sent = resolve;
    });
    this.answer = this.#ask(to, sent).catch((error: Error) => error);
    this.answer.then(() => {
      clearTimeout(timer);
      this.done = true;
      sent();
      journal.changed();
    });
  }

  /** Ends it without an answer. */
  giveUp(why: string): void {
    this.#end.abort(new NoAnswer(why));
  }

  async #ask({ port, socket }: Addressee, sent: () => void): Promise<Answer> {
    const signal = this.#signal;
    const connection = await this.#connect(port, socket);
    const request = http.get({
      host: '127.0.0.1',
      port,
      path: this.#path,
      createConnection: () => connection,
    });
    request.once('finish', sent).once('close', sent);
    const stop = () => request.destroy(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
    return new Promise((resolve, reject) => {
      request.on('error', reject);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > longest) request.destroy(new Error('it is longer than a megabyte'));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => resolve(this.#read(response, Buffer.concat(chunks).toString())));
      });
    });
  }

  async #connect(port: number, socket: string | undefined) {
    const signal = this.#signal;
    try {
      if (socket !== undefined) return await connectToServer(socket, { signal });
    } catch {
      signal.throwIfAborted();
    }
    throw new Error(`nothing listens on port ${port} any more`);
  }

  #read(response: http.IncomingMessage, body: string): Answer {
    const status = response.statusCode ?? 0;
    const contentType = response.headers['content-type'] ?? '';
    Object.assign(this.#exchange, { status, contentType, body });
    const { request } = this.#exchange;
    const headers = headersOf(response);
    return { request, path: this.#path, status, contentType, headers, body, json: readJson(body) };
  }
}

function headersOf({ rawHeaders }: http.IncomingMessage): Answer['headers'] {
  const names = rawHeaders.filter((_, at) => at % 2 === 0);
  return names.map((name, at) => [name, rawHeaders[2 * at + 1] ?? '']);
}
