import fs from 'node:fs';
import path from 'node:path';
import { compileLearnersFile } from '../../compile.cjs';
import { isProgramFile, type ProgramReader, typescriptName } from '../../program-file';
import { packageOf } from './package-of';
import type { CompiledFile, LentModule, PackageImports } from './settings';

/** A program before it is started. */
export interface Compiled {
  /** Its own files, by absolute path; what does not parse is left out, the program itself reports it. */
  files: Record<string, CompiledFile>;
  /**
   * What else they import, and what that loads when it is used: the program's own, then that of each file which it
   * loads by itself.
   */
  imports: PackageImports[];
}

export interface CompileOptions {
  reader: ProgramReader;
  /** What runs in place of the program's own text. */
  text?: string;
  /** Other modules that take the place of some, by absolute path. */
  replaced?: Readonly<Record<string, string>>;
  /** What it loads by itself, as it was told to: files, absolute, and packages. */
  loads?: readonly string[];
  /** Packages of which some load others later. */
  lent?: readonly LentModule[];
}

/**
 * Compiles a program before it is started, with the files of its own that it imports: the runner
 * has the compiler at hand, each program would have to load it for itself.
 * @param main absolute
 */
export function compileProgram(
  main: string,
  { reader, text, replaced = {}, loads = [], lent = [] }: CompileOptions,
): Compiled {
  const files: Compiled['files'] = {};
  const own: string[] = [];
  collect(main, { reader, files, packages: own }, text);
  for (const file of Object.values(replaced)) collect(file, { reader, files, packages: own });
  const imports: PackageImports[] = [{ from: main, packages: own }];
  for (const one of loads) {
    if (!path.isAbsolute(one)) {
      own.push(one);
      continue;
    }
    const packages: string[] = [];
    collect(one, { reader, files, packages });
    imports.push({ from: one, packages });
  }
  return { files, imports: imports.map((one) => withLater(one, lent)) };
}

/** Adds what these packages load by themselves when they are used. */
function withLater(
  { from, packages }: PackageImports,
  lent: readonly LentModule[],
): PackageImports {
  const used = lent.filter(({ name }) => packages.includes(name));
  const later = used.flatMap(({ loads = [] }) => loads);
  return { from, packages: [...new Set([...packages, ...later])] };
}

interface Collected extends Pick<Compiled, 'files'>, Pick<CompileOptions, 'reader'> {
  packages: string[];
}

function collect(file: string, compiled: Collected, edited?: string): void {
  const { reader, files, packages } = compiled;
  if (file in files || !isProgramFile(file)) return;
  let text: string;
  try {
    const { mtimeMs, size } = fs.statSync(file);
    const code = compileLearnersFile(file, edited ?? fs.readFileSync(file, 'utf8'), reader);
    files[file] = { code, mtimeMs, size };
    text = fs.readFileSync(code, 'utf8');
  } catch {
    return;
  }
  for (const [, , request = ''] of text.matchAll(/\brequire\((["'])([^"']+)\1\)/g)) {
    if (!request.startsWith('.') && !path.isAbsolute(request)) {
      if (!packages.includes(request)) packages.push(request);
      continue;
    }
    const imported = importedFile(file, request);
    if (imported !== undefined) collect(imported, compiled);
  }
}

/**
 * The file of the learner's that a relative or absolute import leads to: as `require` finds it, in the usual
 * cases. What is missed here is compiled when it is loaded.
 * @param from the file that imports it, absolute
 */
export function importedFile(from: string, request: string): string | undefined {
  const target = path.resolve(path.dirname(from), request);
  const candidates = [
    target,
    `${target}.js`,
    `${target}.ts`,
    typescriptName(target),
    path.join(target, 'index.js'),
    path.join(target, 'index.ts'),
  ];
  return candidates.find(
    (file) =>
      fs.statSync(file, { throwIfNoEntry: false })?.isFile() &&
      (path.isAbsolute(request) || packageOf(file) === packageOf(from)),
  );
}
