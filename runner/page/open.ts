import { spawn } from 'node:child_process';
import type { ExitCode, Session } from '../commands/session';
import { servePage } from './server/page-server';

/** `open`: the workbook as a page in the browser, until Ctrl-C. */
export async function open(session: Session): Promise<ExitCode> {
  const { port = 0, browser = true } = session.options;
  void session.workspace;
  await session.redis();
  const page = await servePage(session, port);
  try {
    session.say(
      `\n  The workbook as a page, for this machine and this start alone:\n\n    ${page.url}\n`,
    );
    session.sayParagraph(
      browser && openBrowser(page.url)
        ? 'It opens in your browser; if it does not, open that address yourself. Ctrl-C ends it.'
        : 'Open that address in your browser. Ctrl-C ends it.',
    );
    await ended(session.signal);
    return 0;
  } finally {
    await page.close();
  }
}

/**
 * Has the system open an address in the learner's browser.
 * @returns whether there is something to ask: it may still fail, silently
 */
export function openBrowser(url: string, platform: NodeJS.Platform = process.platform): boolean {
  const [command, ...words] = browserWords(url, platform);
  if (command === undefined) return false;
  try {
    const child = spawn(command, words, { stdio: 'ignore', detached: true });
    child.on('error', () => {});
    child.unref();
    return true;
  } catch {
    return false;
  }
}

function browserWords(url: string, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') return ['open', url];
  // The empty word is the window's title, as the first in quotation marks would be taken for it.
  if (platform === 'win32') return ['cmd', '/c', 'start', '', url];
  return ['xdg-open', url];
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
