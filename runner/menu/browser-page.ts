import type { Session } from '../commands/session';
import type { OpenPage } from '../page/server/page-server';
import { errorReport, errorText } from '../report/terminal/error-report';
import { wrap } from '../report/terminal/wrap';
import { page } from './pager';

/** The workbook as a page in the browser beside the menu: from when it is asked for until the menu ends. */
export class PageBesideMenu {
  readonly #session: Session;
  #open: Promise<OpenPage> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Has the browser show it, and says where it is, until a key is pressed. */
  async show(): Promise<void> {
    const text = this.#text();
    await page(this.#session, () => text);
  }

  async close(): Promise<void> {
    const opened = await this.#open?.catch(() => undefined);
    await opened?.close();
  }

  async #text(): Promise<string> {
    const { screen } = this.#session;
    try {
      const [{ servePage }, { howToSee }, { openBrowser }] = await Promise.all([
        import('../page/server/page-server'),
        import('../page/open'),
        import('../page/browser'),
      ]);
      // What warms up for the page is none of the menu's.
      this.#open ??= servePage(this.#session.with({}), 0);
      const { url } = await this.#open;
      const said = (words: string) => wrap(words, screen.width, '  ').join('\n');
      const how = `${howToSee(openBrowser(url))} It is there as long as this menu is.`;
      const what = said('The workbook as a page, for this machine and this start alone:');
      return `\n${what}\n\n    ${url}\n\n${said(how)}\n`;
    } catch (error) {
      this.#open = undefined;
      this.#session.signal.throwIfAborted();
      return errorText(errorReport(error), screen);
    }
  }
}
