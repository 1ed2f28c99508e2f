import ts from 'typescript';

/**
 * @param nodes of one file
 * @returns the first function that is declared, or assigned, under the name
 */
export function findFunction(nodes: readonly ts.Node[], name: string): ts.Node | undefined {
  // What stands under the name and is made elsewhere counts where nothing else does.
  let made: ts.Node | undefined;
  for (const node of nodes) {
    if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) {
      // What has no body is one of several signatures of a function in TypeScript.
      if (node.body && node.name?.text === name) return node;
    }
    if (ts.isMethodDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name)
      return node;
    if (isTakenOut(node) && ts.isIdentifier(node.name) && node.name.text === name) made ??= node;
    const value =
      ts.isVariableDeclaration(node) ||
      ts.isPropertyAssignment(node) ||
      ts.isPropertyDeclaration(node)
        ? node.initializer
        : ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
          ? node.right
          : undefined;
    if (!value) continue;
    const target = ts.isBinaryExpression(node)
      ? node.left
      : (node as ts.VariableDeclaration | ts.PropertyDeclaration).name;
    const named =
      (ts.isIdentifier(target) && target.text === name) ||
      (ts.isPropertyAccessExpression(target) && target.name.text === name);
    if (!named) continue;
    if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return value;
    // Something made by a call, such as promisify(…), or a method: a function all the same.
    if (ts.isCallExpression(value) || ts.isPropertyAccessExpression(value)) made ??= value;
  }
  return made;
}

/** Whether it is taken out of something that was made, as in `const { get: getAsync } = made(client)`. */
function isTakenOut(node: ts.Node): node is ts.BindingElement {
  if (!ts.isBindingElement(node)) return false;
  const { parent: declaration } = node.parent;
  return ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined;
}

/** The innermost function that holds a node. */
export function functionAround(node: ts.Node): ts.Node | undefined {
  for (let at = node.parent; at; at = at.parent) if (ts.isFunctionLike(at)) return at;
  return undefined;
}

/** Whether a node is the other one, or a part of it. */
export function isWithin(node: ts.Node, outer: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** Whether a function is declared with `async`. */
export function isAsync(node: ts.Node): boolean {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return modifiers.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword);
}
