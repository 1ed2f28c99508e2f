import ts from 'typescript';
import type { Source } from './requirements';

/**
 * The line of a call of the named function whose result is counted with or kept as it comes,
 * where it is a promise: nothing awaits it or hands it on.
 */
export function unawaitedCall(source: Source, name: string): number | undefined {
  const call = source.nodes.find(
    (node) =>
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === name &&
      (ts.isBinaryExpression(node.parent) || isNeverAwaited(source, node.parent)),
  );
  return call && source.awaitsIn(name) ? source.lineOf(call) : undefined;
}

/** Whether it is the value of a variable that is awaited nowhere, and has no `.then`. */
function isNeverAwaited(source: Source, node: ts.Node): boolean {
  if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return false;
  const { text } = node.name;
  return !source.nodes.some(
    (other) =>
      ts.isIdentifier(other) &&
      other.text === text &&
      (ts.isAwaitExpression(other.parent) || ts.isPropertyAccessExpression(other.parent)),
  );
}
