/** What the name of a program's file may end with, as Node has it; of two that are there the first counts. */
export const programEndings = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs'] as const;

/** Who reads a program of which neither its name nor a package.json says whether it is a module. */
export type ProgramReader = 'babel' | 'node';

const ending = /\.[cm]?[jt]s$/;

/** Whether a file is a program's, by its name. */
export function isProgramFile(file: string): boolean {
  return ending.test(file);
}

/** Whether it is one in TypeScript. */
export function isTypeScript(file: string): boolean {
  return /\.[cm]?ts$/.test(file);
}

/** The name without the ending of a program's file, such as `1-key`. */
export function withoutEnding(name: string): string {
  return name.replace(ending, '');
}

/** The file in TypeScript that an import may mean, such as `./x.ts` for `./x.js`. */
export function typescriptName(request: string): string {
  return request.replace(/\.([cm]?)js$/, '.$1ts');
}
