import { spawn } from 'node:child_process';

/**
 * Has the system open an address in the learner's browser.
 * @returns whether there is something to ask: it may still fail, silently
 */
export function openBrowser(
  url: string,
  { platform, env }: Pick<NodeJS.Process, 'platform' | 'env'> = process,
): boolean {
  const [command = '', ...words] = browserWords(url, platform);
  // Without a display there is no browser to show, or one in the terminal, which is in use.
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY && !isInWindows(env)) {
    return false;
  }
  const child = spawn(command, words, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
  return true;
}

/** The words of the command that opens an address, on each system. */
export function browserWords(url: string, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') return ['open', url];
  // The empty word is the window's title, as the first in quotation marks would be taken for it.
  if (platform === 'win32') return ['cmd', '/c', 'start', '', url];
  return ['xdg-open', url];
}

/** Linux in Windows (WSL), where Windows shows the browser. */
function isInWindows({ WSL_DISTRO_NAME }: NodeJS.ProcessEnv): boolean {
  return WSL_DISTRO_NAME !== undefined;
}
