import { type Browser, chromium, type Page } from 'playwright-core';

/** A page in the system's Chromium, without a window, and what it asked for and said. */
export class BrowserPage {
  /** The addresses of everything that was asked for, in order. */
  readonly requests: string[] = [];
  /** Words on the console, and errors that nobody caught. */
  readonly words: string[] = [];
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
    page.on('request', (request) => this.requests.push(request.url()));
    page.on('console', (message) => this.words.push(message.text()));
    page.on('pageerror', (error) => this.words.push(String(error)));
  }

  /** Starts a Chromium and opens a page in it; a test that uses it needs `chromium`. */
  static async open(): Promise<BrowserPage> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // Chromium refuses to start in its sandbox as the superuser.
      chromiumSandbox: process.getuid?.() !== 0,
      args: ['--disable-gpu', '--disable-quic', '--disable-dev-shm-usage'],
    });
    return new BrowserPage(browser, await browser.newPage());
  }

  /** Goes to an address, and waits until the page has loaded. */
  async visit(url: string): Promise<void> {
    await this.#page.goto(url, { waitUntil: 'load' });
  }

  /** What an expression is in the page; it must be plain data. */
  evaluate<T>(expression: string): Promise<T> {
    return this.#page.evaluate<T>(expression);
  }

  /** Shows the page so wide, light or dark. */
  async look(width: number, scheme: 'light' | 'dark', height = 900): Promise<void> {
    await this.#page.setViewportSize({ width, height });
    await this.#page.emulateMedia({ colorScheme: scheme });
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
