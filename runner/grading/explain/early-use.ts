import { presetOf } from '../../babel-config.cjs';
import { quote } from '../finding';
import { syntaxProgram } from './syntax-program';

/** TypeScript's numbers for a let or const, and for a class, that is used above its declaration. */
const usedTooEarly = new Set([2448, 2449]);

/**
 * What to know of a name that is used before the line that declares it, in a folder whose Babel makes
 * `var` of let and const: there it is undefined, and elsewhere an error.
 * @param file the learner's, absolute
 */
export function earlyUseAdvice(file: string): string | undefined {
  if (!file.endsWith('.js') || !presetOf(file)) return undefined;
  const { program, source } = syntaxProgram(file);
  const early = program.getSemanticDiagnostics(source).find(({ code }) => usedTooEarly.has(code));
  if (early?.start === undefined || !source) return undefined;
  const line = source.getLineAndCharacterOfPosition(early.start).line + 1;
  const name = quote(source.text.slice(early.start, early.start + (early.length ?? 0)));
  return `Line ${line} uses ${name} above the line that declares it. It is undefined there, as the folder’s Babel makes var of let and const; without Babel the program would end with an error. Move the declaration above line ${line}.`;
}
