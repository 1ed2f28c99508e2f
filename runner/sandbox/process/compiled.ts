import fs from 'node:fs';
import path from 'node:path';
import { compileLearnersFile } from '../../compile.cjs';
import { packageOf } from './package-of';
import type { CompiledFile } from './settings';

/** A program before it is started. */
export interface Compiled {
  /** Its own files, by absolute path; what does not parse is left out, the program itself reports it. */
  files: Record<string, CompiledFile>;
  /** What else they import, as they name it, in their order. */
  packages: string[];
  /** What is imported besides by the modules that it loads by itself. */
  later: string[];
}

/**
 * Compiles a program before it is started, with the files of its own that it imports: the runner
 * has the compiler at hand, each program would have to load it for itself.
 * @param main absolute
 * @param replaced other modules that take the place of some, by absolute path
 * @param edited what runs in place of the program's own text
 * @param loads what it loads by itself, as it was told to: files, absolute, and packages
 */
export function compileProgram(
  main: string,
  replaced: Readonly<Record<string, string>> = {},
  edited?: string,
  loads: readonly string[] = [],
): Compiled {
  const files: Compiled['files'] = {};
  const packages: string[] = [];
  const later: string[] = [];
  collect(main, { files, packages }, edited);
  for (const file of Object.values(replaced)) collect(file, { files, packages });
  for (const one of loads) {
    if (path.isAbsolute(one)) collect(one, { files, packages: later });
    else later.push(one);
  }
  return { files, packages, later };
}

function collect(file: string, compiled: Omit<Compiled, 'later'>, edited?: string): void {
  const { files, packages } = compiled;
  if (file in files || !/\.[jt]s$/.test(file)) return;
  let text: string;
  try {
    const { mtimeMs, size } = fs.statSync(file);
    const code = compileLearnersFile(file, edited ?? fs.readFileSync(file, 'utf8'));
    files[file] = { code, mtimeMs, size };
    text = fs.readFileSync(code, 'utf8');
  } catch {
    return;
  }
  for (const [, request = ''] of text.matchAll(/\brequire\("([^"]+)"\)/g)) {
    if (!request.startsWith('.')) {
      if (!packages.includes(request)) packages.push(request);
      continue;
    }
    const imported = importedFile(file, request);
    if (imported !== undefined) collect(imported, compiled);
  }
}

/**
 * The file of the learner's that a relative import leads to: as `require` finds it, in the usual
 * cases. What is missed here is compiled when it is loaded.
 * @param from the file that imports it, absolute
 */
export function importedFile(from: string, request: string): string | undefined {
  const target = path.resolve(path.dirname(from), request);
  const candidates = [
    target,
    `${target}.js`,
    `${target}.ts`,
    target.replace(/\.m?js$/, '.ts'),
    path.join(target, 'index.js'),
    path.join(target, 'index.ts'),
  ];
  return candidates.find(
    (file) =>
      fs.statSync(file, { throwIfNoEntry: false })?.isFile() && packageOf(file) === packageOf(from),
  );
}
