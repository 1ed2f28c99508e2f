import { source as axe } from 'axe-core';
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
    const context = await browser.newContext();
    return new BrowserPage(browser, await context.newPage());
  }

  /** The page itself, to press and to type in. */
  get tab(): Page {
    return this.#page;
  }

  /** Another page beside it, with the same cookies. */
  beside(): Promise<Page> {
    return this.#page.context().newPage();
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
    // Without motion: colours on their way from one to the other are nothing to judge or to compare.
    await this.#page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  }

  /** As it would be printed on pages so wide. @param width in pixels of CSS, 96 an inch */
  async lookPrinted(width: number): Promise<void> {
    await this.#page.setViewportSize({ width, height: 700 });
    await this.#page.emulateMedia({ media: 'print', colorScheme: 'light' });
  }

  /** Back from what {@link lookPrinted} shows. */
  async lookOnScreen(): Promise<void> {
    await this.#page.emulateMedia({ media: 'screen' });
  }

  /** Clicks on what a selector finds, and waits until the page that it may lead to has loaded. */
  async click(selector: string): Promise<void> {
    await this.#page.click(selector);
    await this.#page.waitForLoadState('load');
  }

  /** Presses keys one after the other, such as `Tab` or `Shift+Tab`. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Waits until the page is at an address that ends so. */
  async waitForAddress(ending: string): Promise<void> {
    await this.#page.waitForURL((url) => url.href.endsWith(ending));
  }

  /** How many bytes and pages the page has as a PDF. */
  async print(): Promise<{ bytes: number; pages: number }> {
    const pdf = await this.#page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? [];
    return { bytes: pdf.length, pages: pages.length };
  }

  /**
   * What axe-core has against the page as it is shown, or against a part of it: its rule, and where.
   * @param part a selector; rules for whole pages are left out then
   */
  async barriers(part = 'html'): Promise<string[]> {
    await this.#page.evaluate(axe);
    return this.#page.evaluate<string[]>(
      `axe.run(${JSON.stringify(part)}, { runOnly: ${JSON.stringify(rules)} }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ': ' + failureSummary)))`,
    );
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** WCAG 2.2 up to AA, the size of what is pressed too, and what is good practice. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
