import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import type { CourseTerms } from '../course-terms';
import { Source } from '../source/requirements';
import { nearest } from './edit-distance';
import { howToInstall } from './installation';
import { declaredPackages } from './redis-version';

/**
 * What to do about a module that is not found, where something near to its name is.
 * @param request as the import has it
 * @param file the file that was started, absolute
 */
export function nextForModule(
  request: string,
  { file, course }: { file: string; course: CourseTerms },
): string | undefined {
  if (request.startsWith('.')) {
    const lent = course.packages.find(({ name }) => name === path.basename(request));
    if (lent) return `Import the package by its name alone, without a path: '${lent.name}'.`;
    const near = nearest(path.basename(request), besides(file, request));
    return near === undefined
      ? undefined
      : `Beside it lies “${near}”: import that, if it is the one that is meant.`;
  }
  if (declaredPackages(file).includes(request)) {
    return `package.json names it, but it is not installed: ${howToInstall(file)}.`;
  }
  const near = nearest(request, [...course.packages.map(({ name }) => name), ...builtinModules]);
  return near === undefined || near === request
    ? undefined
    : `Check the spelling of the import: there is a module “${near}”.`;
}

/**
 * The compiler names an import after its module, `_1_key_js` for './1-key.js'; Babel calls it `_key`.
 * @returns the module's name as the file imports it; the text itself where it imports no such
 */
export function specifierOf(generated: string, file: string): string {
  if (!/^\w+$/.test(generated)) return generated;
  const found = new Source(file)
    .modules()
    .find(
      (specifier) =>
        generatedName(specifier) === generated.replace(/_\d+$/, '') ||
        babelName(specifier) === generated.replace(/\d+$/, ''),
    );
  return found ?? generated;
}

function generatedName(specifier: string): string {
  const name = path.basename(specifier).replace(/\W+/g, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}

function babelName(specifier: string): string {
  const { name } = path.parse(specifier);
  const words = name
    .replace(/^[\W\d]+/, '')
    .replace(/\W+(\w)?/g, (_, letter = '') => letter.toUpperCase());
  return `_${words}`;
}

/** The names of files in the folder that a relative import points into. */
function besides(file: string, request: string): string[] {
  try {
    return readdirSync(path.dirname(path.resolve(path.dirname(file), request))).filter(
      (name) => name !== path.basename(file) && /\.[cm]?[jt]s$/.test(name),
    );
  } catch {
    return [];
  }
}
