import ts from 'typescript';
import { nodesBelow, type TypedProgram } from './typed-program';

/**
 * Where a file looks into a sentence of a finding: by a regular expression, by a method or a property
 * of the text, or by comparing it. What is caught is the `message` and the `next` of anything that has
 * both, read as a property or taken out by destructuring, by its type and not by its name. Not caught
 * is a sentence that went through a variable or a function of another type before it is looked into;
 * to hand it on, to put it into another sentence or to show it is right.
 * @returns a line each
 */
export function findingTextsRead({ checker, source }: TypedProgram, file: string): string[] {
  return nodesBelow(source(file))
    .filter((node) => isSentence(node, checker) && isLookedInto(node))
    .map((node) => shownAt(node));
}

function isSentence(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    return isSentenceName(node.name.text) && holdsSentences(node.expression, checker);
  }
  if (!ts.isIdentifier(node) || ts.isBindingElement(node.parent)) return false;
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (!declaration || !ts.isBindingElement(declaration)) return false;
  const name = (declaration.propertyName ?? declaration.name).getText();
  return isSentenceName(name) && holdsSentences(declaration.parent, checker);
}

function isSentenceName(name: string): boolean {
  return name === 'message' || name === 'next';
}

/** Whether it is of a type that has both a message and a next step. */
function holdsSentences(node: ts.Node, checker: ts.TypeChecker): boolean {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(node));
  return ['message', 'next'].every((name) => {
    const property = type.getProperty(name);
    return property && isText(checker.getTypeOfSymbolAtLocation(property, node));
  });
}

function isText(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some(({ flags }) => (flags & ts.TypeFlags.StringLike) !== 0);
}

const comparisons = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

function isLookedInto(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
    return parent.expression === node;
  }
  if (ts.isBinaryExpression(parent)) {
    const { left, operatorToken, right } = parent;
    if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) return isLookedInto(parent);
    const other = left === node ? right : left;
    return comparisons.has(operatorToken.kind) && other.getText() !== 'undefined';
  }
  if (ts.isParenthesizedExpression(parent)) return isLookedInto(parent);
  if (ts.isSwitchStatement(parent)) return parent.expression === node;
  if (!ts.isCallExpression(parent) || parent.expression === node) return false;
  return /\.(?:test|exec|match|matchAll|includes)$/.test(parent.expression.getText());
}

function shownAt(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${file.fileName}:${line + 1}: ${node.parent.getText()}`;
}
