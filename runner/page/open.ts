import type { ExitCode, Session } from '../commands/session';
import { openBrowser } from './browser';
import { servePage } from './server/page-server';

/** `open`: the workbook as a page in the browser, until Ctrl-C. */
export async function open(session: Session): Promise<ExitCode> {
  const { port = 0, browser = true } = session.options;
  void session.workspace;
  await session.redis();
  const page = await servePage(session, port);
  try {
    session.sayParagraph('The workbook as a page, for this machine and this start alone:');
    session.say(`\n    ${page.url}\n`);
    session.sayParagraph(`${howToSee(browser && openBrowser(page.url))} Ctrl-C ends it.`);
    await ended(session.signal);
    return 0;
  } finally {
    await page.close();
  }
}

/** What to do to see the page. @param asked the system was asked to show it */
export function howToSee(asked: boolean): string {
  return asked
    ? 'It opens in your browser; if it does not, open that address yourself.'
    : 'Open that address in your browser.';
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
