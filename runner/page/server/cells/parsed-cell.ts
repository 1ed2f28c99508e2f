import type TypeScript from 'typescript';

/** Reads a piece of code. */
export function parse(ts: typeof TypeScript, text: string): TypeScript.SourceFile {
  return ts.createSourceFile('cell.ts', text, ts.ScriptTarget.Latest, true);
}

/** Whether it awaits something outside of every function. */
export function awaitsAtTop(ts: typeof TypeScript, root: TypeScript.Node): boolean {
  if (ts.isAwaitExpression(root) || (ts.isForOfStatement(root) && root.awaitModifier)) return true;
  if (ts.isFunctionLike(root)) return false;
  return ts.forEachChild(root, (node) => awaitsAtTop(ts, node) || undefined) ?? false;
}
