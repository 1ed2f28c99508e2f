import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { course, start } from './command-line';

/** A request to the page's server, with nothing in it but what is said here. */
export interface RawRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** The workbook opened as a page from the command line, with a folder of its own. */
export class OpenedPage {
  readonly home: string;
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, home: string, url: string) {
    this.#child = child;
    this.home = home;
    this.url = url;
    this.port = Number(new URL(url).port);
    this.token = new URL(url).searchParams.get('token') ?? '';
  }

  /** @param options.home a folder of a start before; a new one without it */
  static async open(
    options: {
      home?: string;
      port?: number;
      words?: readonly string[];
      env?: NodeJS.ProcessEnv;
    } = {},
  ): Promise<OpenedPage> {
    const home = options.home ?? mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
    const { PATH, HOME, TMPDIR } = process.env;
    const port = options.port === undefined ? [] : ['--port', String(options.port)];
    const words = ['open', '--no-browser', '--offline', ...port, ...(options.words ?? [])];
    const child = spawn(process.execPath, [start, ...words], {
      env: {
        PATH,
        HOME,
        TMPDIR,
        LANG: 'C.UTF-8',
        WORKBOOK_HOME: home,
        WORKBOOK_LESSONS: course,
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const url = await addressIn(child);
    return new OpenedPage(child, home, url);
  }

  /** The header that a browser sends once it has taken the token. */
  get cookie(): string {
    return `workbook-${this.port}=${this.token}`;
  }

  /** The origin of the page itself. */
  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  write(name: string, text: string): void {
    writeFileSync(path.join(this.home, name), text);
  }

  read(name: string): string {
    return readFileSync(path.join(this.home, name), 'utf8');
  }

  /** Sends a request as it is, without what a browser would add. */
  ask(place: string, { method = 'GET', headers = {}, body }: RawRequest = {}): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const request = http.request(
        { host: '127.0.0.1', port: this.port, path: place, method, headers, agent: false },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (piece: string) => {
            text += piece;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  /** As the page itself asks. */
  own(place: string, method = 'GET', body?: object): Promise<RawAnswer> {
    return this.ask(place, {
      method,
      headers: {
        Cookie: this.cookie,
        Origin: this.origin,
        'Sec-Fetch-Site': 'same-origin',
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  /** Ends the workbook as Ctrl-C does; the folder stays. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGINT');
    await ended;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** @throws with what it printed where it ends before that */
function addressIn(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const hear = (piece: Buffer) => {
      printed += piece;
      const [url] = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(printed) ?? [];
      if (url !== undefined && /Ctrl-C/.test(printed)) resolve(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(`It ended: ${printed}`)));
  });
}
