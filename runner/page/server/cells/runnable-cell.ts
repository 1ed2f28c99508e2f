import type TypeScript from 'typescript';
import { statementsBefore } from './before-cell';
import { awaitsAtTop, parse } from './parsed-cell';

/**
 * A piece of code as a program: with what must stand before it, on its first line, so that its lines keep
 * their numbers. Programs are CommonJS, where nothing is awaited outside of functions: one that awaits is
 * put into a function, but for its imports.
 * @param before see {@link statementsBefore}
 */
export function runnableCell(before: string, text: string): string {
  const ts: typeof TypeScript = require('typescript');
  const added = statementsBefore(before, text).map(onOneLine).join(' ');
  const cell = parse(ts, text);
  if (!awaitsAtTop(ts, cell) && !awaitsAtTop(ts, parse(ts, added))) return joined(added, text);
  const [addedImports, addedRest] = withoutImports(ts, parse(ts, added));
  const [imports, rest] = withoutImports(ts, cell);
  const head = joined(onOneLine(addedImports), onOneLine(imports));
  return joined(head, 'void (async () => {', addedRest, `${rest}\n})();`);
}

/** The imports of a file, and the rest of it with its lines where they were. */
function withoutImports(ts: typeof TypeScript, file: TypeScript.SourceFile): [string, string] {
  const found = file.statements.filter((one) => ts.isImportDeclaration(one));
  let rest = file.text;
  for (const one of found) {
    const start = one.getStart(file);
    const blank = rest.slice(start, one.end).replace(/[^\n]/g, ' ');
    rest = rest.slice(0, start) + blank + rest.slice(one.end);
  }
  return [found.map((one) => one.getText(file)).join(' '), rest];
}

function onOneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part.trim() !== '').join(' ');
}
