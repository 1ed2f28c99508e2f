import http from 'node:http';
import type { Journal } from '../sandbox/journal';
import { fail, quote } from './finding';
import type { Running } from './running';

/** The port on which the course's servers listen. */
const coursePort = 1245;

/** How long a route may take to answer, in milliseconds. */
const patience = 5_000;

/** The most bytes of an answer that are read. */
const longest = 1024 * 1024;

/** A route's answer. */
export interface Answer {
  request: string;
  status: number;
  contentType: string;
  body: string;
  /** The body as JSON; undefined where it is none. */
  json: unknown;
}

/** Waits for a program's server and asks it. */
export class Client {
  readonly #running: Running;
  readonly #journal: Journal;

  constructor(running: Running, journal: Journal) {
    this.#running = running;
    this.#journal = journal;
  }

  /**
   * Waits until the server listens on the course's port.
   * @throws CheckFailure where it ends, or listens elsewhere or nowhere
   */
  async listens(): Promise<void> {
    const { program } = this.#running;
    if (await this.#running.until(() => program.ports.has(coursePort), { timers: 2 })) return;
    this.#running.survived();
    const [other] = program.ports.keys();
    fail({
      class: 'wrong-port',
      message:
        other === undefined
          ? `No server listens on port ${coursePort}.`
          : `The server listens on port ${other}; the task asks for ${coursePort}.`,
      next: `Call app.listen(${coursePort}) once, at the end of the file.`,
      expected: String(coursePort),
      ...(other === undefined ? {} : { seen: String(other) }),
    });
  }

  /**
   * Sends GET and waits for the whole answer.
   * @param limit milliseconds
   * @throws CheckFailure where no answer comes
   */
  async get(path: string, limit = patience): Promise<Answer> {
    const answer = await this.attempt(path, limit);
    if (!(answer instanceof Error)) return answer;
    await this.#running.until(() => this.#running.program.exit !== undefined, { limit: 50 });
    this.#running.survived();
    fail({
      class: 'wrong-answer',
      message: `GET ${path} gets no answer: ${answer.message}.`,
      next: 'Look for a way through the route on which it never calls res.json().',
      expected: `GET ${path}`,
    });
  }

  /** As {@link get}; what goes wrong is returned as an error whose message says what happened. */
  attempt(path: string, limit = patience): Promise<Answer | Error> {
    const port = this.#running.program.ports.get(coursePort);
    const exchange: Journal['exchanges'][number] = {
      program: this.#running.name,
      at: this.#journal.now(),
      request: `GET ${path}`,
    };
    this.#journal.exchanges.push(exchange);
    return new Promise((resolve) => {
      const request = http.get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > longest) request.destroy(new Error('the answer is longer than a megabyte'));
          else chunks.push(chunk);
        });
        response.on('error', (error) => finish(error));
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString();
          const answer = {
            request: exchange.request,
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            body,
            json: parseJson(body),
          };
          const { status, contentType } = answer;
          Object.assign(exchange, { status, contentType, body });
          finish(answer);
        });
      });
      const timer = setTimeout(
        () => request.destroy(new Error(`nothing came within ${limit / 1000} s`)),
        limit,
      );
      const finish = (result: Answer | Error) => {
        clearTimeout(timer);
        this.#journal.changed();
        resolve(result);
      };
      request.on('error', finish);
    });
  }

  /**
   * The route answers with just this JSON, as JSON.
   * @throws CheckFailure naming the first difference
   */
  async answers(path: string, expected: unknown, next: string): Promise<Answer> {
    const answer = await this.get(path);
    expectJson(answer, expected, next);
    return answer;
  }
}

/**
 * The answer is this value, and its content type says JSON.
 * @throws CheckFailure otherwise
 */
export function expectJson(answer: Answer, expected: unknown, next: string): void {
  const sides = { expected: JSON.stringify(expected), seen: answer.body };
  if (answer.json === undefined) {
    fail({
      class: 'wrong-answer',
      message: `${answer.request} answers with text that is no JSON: ${quote(shorten(answer.body))}.`,
      next: 'Answer with res.json(…), on every way through the route.',
      ...sides,
    });
  }
  if (!/^application\/json\b/i.test(answer.contentType)) {
    fail({
      class: 'wrong-answer',
      message: `${answer.request} answers JSON under the content type ${quote(answer.contentType)}.`,
      next: 'Answer with res.json(…): it sets application/json.',
      ...sides,
    });
  }
  const difference = firstDifference(expected, answer.json, '');
  if (difference === undefined) return;
  fail({
    class: 'wrong-answer',
    message: `${answer.request} ${difference}.`,
    next,
    ...sides,
  });
}

/** The first place where two JSON values differ, as the end of a sentence; order of keys is free. */
export function firstDifference(expected: unknown, seen: unknown, at: string): string | undefined {
  const place = at === '' ? 'the answer' : quote(at);
  if (isObject(expected) && isObject(seen) && Array.isArray(expected) === Array.isArray(seen)) {
    if (Array.isArray(expected) && Array.isArray(seen) && expected.length !== seen.length) {
      return `should hold ${expected.length} items in ${place}, and holds ${seen.length}`;
    }
    for (const [key, value] of Object.entries(expected)) {
      const inner = at === '' ? key : `${at}.${key}`;
      if (!(key in seen)) return `lacks ${quote(inner)}`;
      const difference = firstDifference(value, seen[key], inner);
      if (difference !== undefined) return difference;
    }
    const extra = Object.keys(seen).find((key) => !(key in expected));
    return extra === undefined ? undefined : `has ${quote(extra)}, which the task does not name`;
  }
  if (Object.is(expected, seen)) return undefined;
  const kinds =
    typeof expected === typeof seen || expected === null || seen === null
      ? ''
      : ` (a ${typeof seen} where a ${typeof expected} is asked for)`;
  return `should give ${JSON.stringify(expected)} for ${place}, and gives ${shorten(JSON.stringify(seen) ?? 'nothing')}${kinds}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}
