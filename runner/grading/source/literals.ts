import ts from 'typescript';
import type { Source } from './requirements';

/*
 * The texts that stand in a learner's file, and how well they fit a line that was printed.
 */

/** A text of the file: its fixed pieces, in order. */
export interface Text {
  pieces: string[];
  printed: boolean;
  node: ts.Node;
}

/** Every text of the file; a sum of texts counts as one. */
export function textsOf(source: Source): Text[] {
  return source.nodes.flatMap((node) => {
    if (!isText(node) || isText(node.parent) || ts.isImportDeclaration(node.parent)) return [];
    return [{ pieces: piecesOf(node), printed: printCall(node) !== undefined, node }];
  });
}

/** How many letters of the line come from these pieces; none where one is missing or out of its order. */
export function lettersIn(pieces: readonly string[], line: string): number {
  let at = 0;
  let letters = 0;
  for (const piece of pieces.map((one) => one.trim())) {
    const found = line.indexOf(piece, at);
    if (found < 0) return 0;
    at = found + piece.length;
    letters += piece.length;
  }
  return letters;
}

/** Whether the line holds all these pieces, in their order. */
export function inOrder(pieces: readonly string[], line: string): boolean {
  let at = 0;
  return pieces.every((piece) => {
    const found = line.indexOf(piece, at);
    at = found + piece.length;
    return found >= 0;
  });
}

/** The call of `console` that a text is handed to, whole or as a part. */
export function printCall(node: ts.Node): ts.Node | undefined {
  for (let at = node.parent; at && !ts.isFunctionLike(at); at = at.parent) {
    if (isPrint(at)) return at;
  }
  return undefined;
}

/** Whether it is a call that prints. */
export function isPrint(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  return (ts.isIdentifier(expression) && expression.text === 'console') || name.text === 'write';
}

/** A sum is a text where one of its sides is. */
function isText(node: ts.Node): boolean {
  if (ts.isParenthesizedExpression(node)) return isText(node.expression);
  if (isSum(node)) return isText(node.left) || isText(node.right);
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

function piecesOf(node: ts.Node): string[] {
  if (ts.isParenthesizedExpression(node)) return piecesOf(node.expression);
  if (isSum(node)) return [...piecesOf(node.left), ...piecesOf(node.right)];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return [];
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
}
