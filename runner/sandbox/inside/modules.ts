import fs from 'node:fs';
import path from 'node:path';
import { typescriptName, withoutEnding } from '../../program-file';
import { packageOf } from '../process/package-of';
import { type Preparation, prepareClients } from './clients';
import { keptImport, openKept } from './kept-packages';
import type { Settings } from './loaders';
import type { LoadWatch } from './loading';
import { isOfPackage } from './own-files';
import { reveal } from './warm-start';

type Resolve = (request: string, parent: NodeJS.Module | undefined, ...rest: unknown[]) => string;

/** Node's module resolution: old and undocumented, but stable, and the one way in for CommonJS. */
const loader: { _resolveFilename: Resolve } = require('node:module');

/**
 * Finds the course's packages in the workbook, as well as modules that the learner's folder lacks,
 * `./x.js` where only `./x.ts` is, and loads replacements where the runner asked for them.
 */
export function redirectModules(settings: Settings): void {
  const resolve = loader._resolveFilename;
  loader._resolveFilename = (request, parent, ...rest) => {
    if (isPromptOfLua(request, parent)) {
      return path.join(settings.fallbackModules, 'runner', 'no-prompt.cjs');
    }
    const kept = keptImport(request, parent);
    const own = () => resolve(request, parent, ...rest);
    const found =
      kept ??
      firstOf(
        () => lentModule(request, parent, own, resolve, settings) ?? own(),
        () => resolve(inTypeScript(request), parent, ...rest),
        () => replacedName(request, parent, settings.replaced),
        () =>
          resolve(fromFallback(request, parent), parent, false, {
            paths: [settings.fallbackModules],
          }),
        () => emptyModule(fromFallback(request, parent), settings),
      );
    reveal(found);
    const replacement = settings.replaced?.[found];
    return replacement !== undefined && parent?.filename !== replacement ? replacement : found;
  };
}

/** Prepares each redis package that is loaded, once it is known how. */
export function watchClients(): LoadWatch & { prepare(preparation: Preparation): void } {
  const seen = new Set<unknown>();
  let known: Preparation | undefined;
  return {
    after({ request }, loaded) {
      if (request === 'redis' && !seen.has(loaded)) {
        seen.add(loaded);
        if (known) prepareClients(loaded, known);
      }
      return loaded;
    },
    prepare(preparation) {
      known = preparation;
      for (const loaded of seen) prepareClients(loaded, preparation);
    },
  };
}

/** The first attempt's error is the one that the learner knows. */
function firstOf(first: () => string, ...others: (() => string)[]): string {
  try {
    return first();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    for (const attempt of others) {
      try {
        return attempt();
      } catch {
        // The next one, and in the end the first error.
      }
    }
    throw error;
  }
}

/** Whether ioredis-mock's Lua asks for what it would talk to a terminal with. */
function isPromptOfLua(request: string, parent: NodeJS.Module | undefined): boolean {
  return request === 'readline-sync' && /[\\/]fengari$/.test(packageOf(parent?.filename ?? ''));
}

/** What stands for a package that no program needs, such as one that compiles or starts it. */
function emptyModule(request: string, { fallbackModules, tools = [] }: Settings): string {
  if (!tools.some((name) => request === name || request.startsWith(`${name}/`))) {
    throw new Error('not such a package');
  }
  return path.join(fallbackModules, 'runner', 'empty.cjs');
}

function isRelative(request: string): boolean {
  return request.startsWith('.') || path.isAbsolute(request);
}

function inTypeScript(request: string): string {
  if (!isRelative(request)) throw new Error('not such a name');
  return typescriptName(request);
}

/**
 * A package of the course's: the same one for everybody, but for a folder that has a newer one.
 * @returns nothing for any other module
 */
function lentModule(
  request: string,
  parent: NodeJS.Module | undefined,
  own: () => string,
  resolve: Resolve,
  { lent = [], kept, fallbackModules }: Settings,
): string | undefined {
  const known = lent.find(({ name }) => request === name || request.startsWith(`${name}/`));
  if (!known) return undefined;
  if (isOfPackage(parent?.filename ?? '')) {
    // One that loads it only when it is used: it finds it by its name among the workbook's own.
    openKept(request, kept);
    return undefined;
  }
  const name = (known.from ?? known.name) + request.slice(known.name.length);
  const paths = [fallbackModules];
  const major = found(own, majorOf);
  if (major !== undefined && !(major <= known.major)) return undefined;
  openKept(known.from ?? known.name, kept);
  return found(() => resolve(name, parent, false, { paths }), String);
}

function found<Value>(find: () => string, read: (file: string) => Value): Value | undefined {
  try {
    return read(find());
  } catch {
    return undefined;
  }
}

/** The major version of the package that a file belongs to; not a number for one that is linked. */
function majorOf(file: string): number {
  const folder = packageOf(file);
  if (folder === '') return Number.NaN;
  const { version }: { version?: unknown } = JSON.parse(
    fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  return Number.parseInt(String(version), 10);
}

/** What is replaced need not be there itself, under whichever ending it is asked for. */
function replacedName(
  request: string,
  parent: NodeJS.Module | undefined,
  replaced: Readonly<Record<string, string>> = {},
): string {
  if (!isRelative(request)) throw new Error('not such a name');
  const wanted = withoutEnding(path.resolve(path.dirname(parent?.filename ?? ''), request));
  const found = Object.keys(replaced).find((name) => withoutEnding(name) === wanted);
  if (found === undefined) throw new Error('nothing stands in for it');
  return found;
}

/** Only the learner's own files get what they lack: a package knows what it depends on. */
function fromFallback(request: string, parent: NodeJS.Module | undefined): string {
  const from = parent?.filename ?? '';
  if (isRelative(request) || isOfPackage(from)) {
    throw new Error('not from there');
  }
  return request;
}
