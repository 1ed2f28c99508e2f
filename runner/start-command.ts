import fs from 'node:fs';
import path from 'node:path';

/** What the workbook's texts are written with: the command of a checkout. */
const written = 'npm start --';

/** What a person may have typed, who has a starter with that in its first lines. */
const commands = [written, 'npx queuing-workbook', 'npx workbook', 'queuing-workbook', 'workbook'];

/**
 * What to type before a command: `npm start --` in the checkout, `npx queuing-workbook` if npx fetched
 * the workbook, `npx workbook` if it is a package of another project, `workbook` if it is installed for
 * all. The last two have the name of the two that was typed.
 * @param script the file that Node was started with, absolute, links not followed
 */
export function howStarted(env: NodeJS.ProcessEnv, script: string): string {
  if (env.npm_lifecycle_script?.includes('runner/start.cjs')) return written;
  // Under no other name does npx fetch it again from any folder.
  if (/[\\/]_npx[\\/]/.test(script)) return 'npx queuing-workbook';
  const typed = /[\\/]((?:queuing-)?workbook)$/.exec(script)?.[1];
  const local = /(.*)[\\/]node_modules[\\/]/.exec(script)?.[1];
  // npm keeps what is installed for all in PREFIX/lib/node_modules, on Windows in PREFIX/node_modules.
  const isProject = local !== undefined && fs.existsSync(path.join(local, 'package.json'));
  if (isProject || env.npm_command === 'exec') return `npx ${typed ?? 'queuing-workbook'}`;
  return typed ?? (local === undefined ? written : 'workbook');
}

/**
 * A text with the commands as this person types them. Texts are written as for a checkout
 * (`npm start -- check 2`), and pass through here where they are read or made.
 */
export function asTyped(
  text: string,
  command = howStarted(process.env, process.argv[1] ?? ''),
): string {
  return command === written ? text : text.replaceAll(written, command);
}

/** A text in each form that {@link asTyped} may give it. */
export function asTypedByAnyone(text: string): string[] {
  return text.includes(written) ? commands.map((command) => asTyped(text, command)) : [text];
}
