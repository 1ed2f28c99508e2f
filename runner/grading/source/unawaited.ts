import ts from 'typescript';
import type { Source } from './requirements';

/**
 * A call whose result is counted with or kept as it comes, though it is a promise: nothing awaits it
 * or hands it on.
 * @param name of an async function; functions that promisify makes are looked at as well
 * @returns the function's name, and the line of the call
 */
export function unawaitedCall(
  source: Source,
  name: string,
): { name: string; line: number } | undefined {
  const names = [...(source.isAsync(name) ? [name] : []), ...promisified(source)];
  for (const node of source.nodes) {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) continue;
    const { text } = node.expression;
    if (!names.includes(text) || !isKept(source, node)) continue;
    return { name: text, line: source.lineOf(node) };
  }
  return undefined;
}

/**
 * The first of these calls whose promise is counted with or compared as it comes, by itself or under
 * the name of a variable.
 */
export function countedPromise<Call extends ts.CallExpression>(
  source: Source,
  calls: readonly Call[],
): Call | undefined {
  return calls.find((call) => {
    if (isCounted(call)) return true;
    const { parent } = call;
    if (!ts.isVariableDeclaration(parent) || !isNeverAwaited(source, parent)) return false;
    const name = parent.name.getText();
    return source.nodes.some(
      (node) => ts.isIdentifier(node) && node.text === name && isCounted(node),
    );
  });
}

/** The names of functions made by `const name = promisify(…)`. */
function promisified(source: Source): string[] {
  return source.nodes.flatMap((node) =>
    ts.isVariableDeclaration(node) &&
    ts.isIdentifier(node.name) &&
    node.initializer !== undefined &&
    /^(?:\w+\.)?promisify\(/.test(node.initializer.getText())
      ? [node.name.text]
      : [],
  );
}

/** Whether it is counted with, handed to a function that makes a number, or kept and never awaited. */
function isKept(source: Source, call: ts.CallExpression): boolean {
  const promise = thenOf(call);
  return isCounted(promise) || isNeverAwaited(source, promise.parent);
}

/** Whether it is counted with, or handed to a function that makes a number. */
function isCounted({ parent }: ts.Node): boolean {
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken;
  if (ts.isCallExpression(parent))
    return /^(?:Number|(?:Number\.)?parseInt|String)$/.test(parent.expression.getText());
  return ts.isPrefixUnaryExpression(parent);
}

/** The promise that comes of a call by `.then(…)`, or the call itself. */
function thenOf(call: ts.Node): ts.Node {
  const access = call.parent;
  const isThen =
    ts.isPropertyAccessExpression(access) &&
    access.name.text === 'then' &&
    ts.isCallExpression(access.parent);
  return isThen ? thenOf(access.parent) : call;
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
