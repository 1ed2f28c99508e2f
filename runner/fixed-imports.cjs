/*
 * An import that is assigned to: TypeScript would set the other module's export; Babel and Node throw
 * when it comes to that. Plain JavaScript, as the compiler stands on it.
 */
'use strict';

/**
 * @typedef {import('typescript').Expression} Expression
 * @typedef {import('typescript').Identifier} Identifier
 * @typedef {import('typescript').Node} Node
 * @typedef {import('typescript').SourceFile} SourceFile
 * @typedef {{ getReferencedImportDeclaration(name: Identifier): unknown }} Resolver
 */

/**
 * Puts an error in the place of each assignment to an import.
 * @param {'babel' | 'module'} kind whose error it is: Babel's, or that of Node's own modules
 * @returns {import('typescript').TransformerFactory<SourceFile>}
 */
function fixedImports(kind) {
  const ts = require('typescript');
  return (context) => {
    const { factory } = context;
    // It is not in the types: what TypeScript itself asks before it puts the module before a name.
    const { getEmitResolver } = /** @type {{ getEmitResolver(): Resolver }} */ (
      /** @type {unknown} */ (context)
    );
    const resolver = getEmitResolver();
    /**
     * @param {string} name
     * @param {Node} node what stands there now, for the line
     */
    const refuse = (name, node) => {
      const [error, message] =
        kind === 'module'
          ? ['TypeError', 'Assignment to constant variable.']
          : ['Error', `"${name}" is read-only.`];
      const thrown = factory.createNewExpression(factory.createIdentifier(error), undefined, [
        factory.createStringLiteral(message),
      ]);
      const statement = ts.setSourceMapRange(factory.createThrowStatement(thrown), node);
      return factory.createImmediatelyInvokedArrowFunction([statement]);
    };
    /** @type {import('typescript').Visitor} */
    const visit = (node) => {
      const names = assignedBy(node).flatMap((target) => namesIn(target));
      const name = names.find((one) => resolver.getReferencedImportDeclaration(one))?.text;
      const visited = ts.visitEachChild(node, visit, context);
      if (name === undefined) return visited;
      if (ts.isBinaryExpression(visited))
        return factory.createComma(visited.right, refuse(name, node));
      if (!ts.isForInStatement(visited) && !ts.isForOfStatement(visited)) return refuse(name, node);
      const each = factory.createVariableDeclarationList([
        factory.createVariableDeclaration(factory.createUniqueName('each')),
      ]);
      const body = factory.createExpressionStatement(refuse(name, node));
      return ts.isForInStatement(visited)
        ? factory.updateForInStatement(visited, each, visited.expression, body)
        : factory.updateForOfStatement(
            visited,
            visited.awaitModifier,
            each,
            visited.expression,
            body,
          );
    };
    return (source) => /** @type {SourceFile} */ (ts.visitNode(source, visit));
  };
}

/**
 * What a node assigns to; what `||=` and its like do depends on the value, and is let be.
 * @param {Node} node
 * @returns {Node[]}
 */
function assignedBy(node) {
  const ts = require('typescript');
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const first = ts.SyntaxKind.FirstCompoundAssignment;
    const last = ts.SyntaxKind.AsteriskAsteriskEqualsToken;
    const assigns = kind === ts.SyntaxKind.EqualsToken || (kind >= first && kind <= last);
    return assigns ? [node.left] : [];
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const { PlusPlusToken, MinusMinusToken } = ts.SyntaxKind;
    return [PlusPlusToken, MinusMinusToken].includes(node.operator) ? [node.operand] : [];
  }
  return ts.isForInStatement(node) || ts.isForOfStatement(node) ? [node.initializer] : [];
}

/**
 * The names in what is assigned to: one, or those of a pattern.
 * @param {Node} target
 * @returns {Identifier[]}
 */
function namesIn(target) {
  const ts = require('typescript');
  if (ts.isIdentifier(target)) return [target];
  if (ts.isArrayLiteralExpression(target)) return target.elements.flatMap(namesIn);
  if (ts.isObjectLiteralExpression(target)) return target.properties.flatMap(namesIn);
  if (ts.isShorthandPropertyAssignment(target)) return [target.name];
  if (ts.isPropertyAssignment(target)) return namesIn(target.initializer);
  if (ts.isBinaryExpression(target)) return namesIn(target.left);
  if (
    ts.isParenthesizedExpression(target) ||
    ts.isSpreadElement(target) ||
    ts.isSpreadAssignment(target)
  ) {
    return namesIn(target.expression);
  }
  return [];
}

module.exports = { fixedImports };
