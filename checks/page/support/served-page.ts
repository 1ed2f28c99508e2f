import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { type Options, Session, type Streams } from '../../../runner/commands/session';
import type { CellRun, PageEvent } from '../../../runner/page/protocol';
import { type OpenPage, servePage } from '../../../runner/page/server/page-server';

/** The workbook served as a page to a test, which speaks to it as the page's own script does. */
export class ServedPage {
  /** All that the server told. */
  readonly events: PageEvent[] = [];
  readonly #page: OpenPage;
  readonly #folder: string;
  readonly #cookie: string;
  readonly #restore: () => void;
  readonly #listening = new AbortController();
  #heard: () => void = () => {};

  private constructor(page: OpenPage, folder: string, cookie: string, restore: () => void) {
    this.#page = page;
    this.#folder = folder;
    this.#cookie = cookie;
    this.#restore = restore;
  }

  /** @param files the learner's, by their names */
  static async open(
    files: Readonly<Record<string, string>> = {},
    options: Options = {},
  ): Promise<ServedPage> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-page-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const before = process.env.WORKBOOK_HOME;
    process.env.WORKBOOK_HOME = folder;
    const session = new Session(options, silent(), new AbortController().signal);
    const page = await servePage(session, 0);
    const entered = await fetch(page.url, { redirect: 'manual' });
    const [cookie = ''] = (entered.headers.get('set-cookie') ?? '').split(';');
    return new ServedPage(page, folder, cookie, () => {
      if (before === undefined) delete process.env.WORKBOOK_HOME;
      else process.env.WORKBOOK_HOME = before;
    });
  }

  /** The address that lets a browser in. */
  get url(): string {
    return this.#page.url;
  }

  get #origin(): string {
    return `http://127.0.0.1:${this.#page.port}`;
  }

  /** Writes a file of the learner's, as another program does. */
  write(name: string, text: string): void {
    writeFileSync(path.join(this.#folder, name), text);
  }

  /** Begins to hear what the server tells. */
  async listen(): Promise<void> {
    const response = await this.#fetch('GET', '/events', undefined, {
      signal: this.#listening.signal,
    });
    void this.#read(response).catch(() => {});
  }

  /** Asks as the page does. @param headers in place of its own, such as another cookie */
  async ask(
    method: 'GET' | 'POST',
    place: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return this.#fetch(method, place, body, { headers });
  }

  /** The same for a request that is served. @throws where it is refused */
  async served<Answer>(method: 'GET' | 'POST', place: string, body?: object): Promise<Answer> {
    const response = await this.ask(method, place, body);
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${place}: ${JSON.stringify(answer)}`);
    // The test says what it asks for.
    return answer as Answer;
  }

  /** Starts a cell of a lesson. @returns the run's name */
  async run(lesson: string, text: string, place = 0): Promise<string> {
    const run = randomUUID();
    await this.served('POST', `/lessons/${lesson}/cells`, { run, place, text });
    return run;
  }

  /** Waits until a run is as it should be; the test's own limit ends it otherwise. */
  async waitForRun(run: string, isAsWanted: (now: CellRun) => boolean): Promise<CellRun> {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
      const now = await this.served<CellRun>('GET', `/runs/${run}`);
      if (isAsWanted(now)) return now;
      await changed;
    }
  }

  async close(): Promise<void> {
    this.#listening.abort();
    await this.#page.close();
    this.#restore();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #fetch(
    method: string,
    place: string,
    body?: object,
    { signal, headers }: { signal?: AbortSignal; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    return fetch(`${this.#origin}/api${place}`, {
      method,
      ...(signal ? { signal } : {}),
      headers: {
        Cookie: this.#cookie,
        Origin: this.#origin,
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  async #read(response: Response): Promise<void> {
    let rest = '';
    for await (const chunk of response.body ?? []) {
      rest += Buffer.from(chunk).toString();
      const parts = rest.split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const [, data] = /^data: (.*)$/m.exec(part) ?? [];
        if (data !== undefined) this.events.push(JSON.parse(data) as PageEvent);
      }
      this.#heard();
    }
  }
}

/** What a run printed, and what it was answered, line by line. */
export function textsOf({ events }: CellRun, ...kinds: string[]): string[] {
  return events.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);
}

/** A terminal at which nobody sits. */
export function silent(): Streams {
  const stream = () => new PassThrough().resume();
  // All that a session does with them is to write.
  return { input: stream(), output: stream(), errors: stream() } as unknown as Streams;
}
