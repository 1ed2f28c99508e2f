import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** Where Chromium may be. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The Chromium of this machine, or the one that CHROMIUM names; undefined where there is none. */
export function findChromium(named = process.env.CHROMIUM): string | undefined {
  return (named ? [named] : places).find((place) => existsSync(place));
}

/** A browser that hangs is ended after so many milliseconds. */
const longest = 60_000;

type Message = {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: unknown;
};

/**
 * A Chromium without a window, spoken to over a pipe in the DevTools protocol
 * (https://chromedevtools.github.io/devtools-protocol): JSON messages, each ended by a zero byte.
 */
export class Browser {
  readonly #child: ChildProcess;
  readonly #profile = mkdtempSync(path.join(os.tmpdir(), 'workbook-chromium-'));
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #gone: Promise<void>;
  #session: string | undefined;
  #count = 0;
  /** What the page's events told, in order. */
  readonly events: { method: string; params: Record<string, unknown> }[] = [];

  constructor(chromium: string) {
    this.#child = spawn(
      chromium,
      [
        '--headless',
        '--remote-debugging-pipe',
        // Chromium refuses to start in its sandbox as the superuser.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--disable-dev-shm-usage',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--user-data-dir=${this.#profile}`,
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true },
    );
    this.#gone = new Promise((resolve) => this.#child.once('close', () => resolve()));
    setTimeout(() => this.#child.kill('SIGKILL'), longest).unref();
    this.#listen();
  }

  /** Opens a tab whose requests, errors and words on the console are kept. */
  async open(): Promise<void> {
    const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
    });
    const attached = await this.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    this.#session = attached.sessionId;
    for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await this.send(`${domain}.enable`);
  }

  /** Goes to a page, and waits until it has loaded. */
  async visit(url: string): Promise<void> {
    this.events.length = 0;
    await this.send('Page.navigate', { url });
    await this.until(() => this.events.some(({ method }) => method === 'Page.loadEventFired'));
  }

  /** What an expression is in the page; it must be plain data. */
  async evaluate<T>(expression: string): Promise<T> {
    const options = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = await this.send<{
      result: { value: T; description?: string };
      exceptionDetails?: unknown;
    }>('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(result.description);
    return result.value;
  }

  /** Shows the page so wide, light or dark. */
  async look(width: number, scheme: 'light' | 'dark', height = 900): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: width < 600 };
    await this.send('Emulation.setDeviceMetricsOverride', metrics);
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await this.send('Emulation.setEmulatedMedia', { features });
  }

  /** A command of the protocol, to the tab once there is one. */
  send<T = unknown>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#count;
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    const message = JSON.stringify({ id, method, params, ...session });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        if (error) reject(new Error(`${method}: ${JSON.stringify(error)}`));
        else resolve(result as T);
      });
      (this.#child.stdio[3] as Writable).write(`${message}\0`);
    });
  }

  /** Ends it, and removes what it wrote. */
  async close(): Promise<void> {
    this.#session = undefined;
    // It is asked to end, so that its processes end in order: one that is left would go on writing.
    await this.send('Browser.close').catch(() => {});
    await this.#gone;
    const { pid } = this.#child;
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody of its group is left.
    }
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }

  private async until(holds: () => boolean): Promise<void> {
    const held = new Promise<boolean>((resolve) => {
      this.#onEvent = () => holds() && resolve(true);
      this.#onEvent();
    });
    const gone = this.#gone.then(() => false);
    if (!(await Promise.race([held, gone]))) throw new Error('Chromium has ended');
  }

  #onEvent: () => unknown = () => {};

  #listen(): void {
    let text = '';
    (this.#child.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (text + chunk).split('\0');
      text = messages.pop() ?? '';
      for (const message of messages) this.#take(JSON.parse(message));
    });
    this.#child.once('close', () => {
      for (const settle of this.#waiting.values()) settle({ error: 'Chromium has ended' });
    });
  }

  #take({ id, method, params, ...rest }: Message): void {
    if (id !== undefined) {
      this.#waiting.get(id)?.(rest);
      this.#waiting.delete(id);
    } else if (method !== undefined) {
      this.events.push({ method, params: (params ?? {}) as Record<string, unknown> });
      this.#onEvent();
    }
  }
}
