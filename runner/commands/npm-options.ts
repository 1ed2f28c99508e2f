import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../course/usage-error';

/** Options that may stand alone, or name a file. */
const forms = ['junit', 'codequality', 'gradescope', 'prairielearn'];

const switches = [
  'offline',
  'json',
  'solution',
  'further',
  'timeline',
  'keys',
  'plain',
  'beside',
  ...forms,
];
const withValue = ['redis', 'dir', 'course', 'out', ...forms];

/**
 * Options that npm kept for itself, since no `--` stood before them: `npm start check 1 --offline`.
 * It passes them on as variables. What an .npmrc sets was not typed, and is left alone.
 * @returns the options as words, to be added to the command line
 * @throws UsageError for one whose value npm has taken apart
 */
export function optionsTakenByNpm(env: NodeJS.ProcessEnv): string[] {
  if (!env.npm_lifecycle_script?.includes('runner/start.cjs')) return [];
  const typed = (name: string) => env[`npm_config_${name}`] !== undefined && !isInNpmrc(env, name);
  return [...new Set([...switches, ...withValue])].filter(typed).flatMap((name) => {
    const value = env[`npm_config_${name}`] ?? '';
    if (value === '' || value === 'false') return [];
    if (value === 'true' && switches.includes(name)) return [`--${name}`];
    if (value !== 'true' && withValue.includes(name)) return [`--${name}=${value}`];
    throw new UsageError(
      `npm takes --${name} for an option of its own, and its value is lost.`,
      `Put two dashes before the command: npm start -- COMMAND --${name}${withValue.includes(name) ? ' VALUE' : ''}`,
    );
  });
}

/** Whether a file of npm's settings gives the option. */
function isInNpmrc(env: NodeJS.ProcessEnv, name: string): boolean {
  const project = env.npm_package_json && path.join(path.dirname(env.npm_package_json), '.npmrc');
  return [env.npm_config_userconfig, env.npm_config_globalconfig, project].some((file) => {
    try {
      return new RegExp(`^\\s*${name}\\s*(=|$)`, 'm').test(fs.readFileSync(file ?? '', 'utf8'));
    } catch {
      return false;
    }
  });
}
