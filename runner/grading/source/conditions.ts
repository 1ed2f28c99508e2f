import ts from 'typescript';
import type { Source } from './requirements';

/** A condition that says something else than it seems to, and its line from 1. */
export interface OddCondition {
  message: string;
  next: string;
  line: number;
}

/**
 * The first condition of the file that is always the same, or that changes what it should compare:
 * `a = b`, `a === b || 'c'`, `!a instanceof B`, `a === 'b' && a === 'c'`.
 */
export function oddCondition(source: Source): OddCondition | undefined {
  for (const node of source.nodes) {
    const odd = isInCondition(node) ? oddPart(node) : undefined;
    if (odd) return { ...odd, line: source.lineOf(node) };
  }
  return undefined;
}

/** Whether a node gives a new value by a single equals sign. */
export function isSetting(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function oddPart(node: ts.Node): Omit<OddCondition, 'line'> | undefined {
  if (!ts.isBinaryExpression(node)) return undefined;
  const { left, right } = node;
  const code = node.getText();
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.EqualsToken:
      return {
        message: `“${code}” assigns with its single equals sign, and compares nothing.`,
        next: `Compare with three: ${left.getText()} === ${right.getText()}.`,
      };
    case ts.SyntaxKind.BarBarToken:
      if (!isText(right)) return undefined;
      return {
        message: `“${code}” is always true: the text ${right.getText()} alone counts as true.`,
        next: `Write out what the text is compared with, behind the || as well as before it.`,
      };
    case ts.SyntaxKind.InstanceOfKeyword:
      if (!isNegation(left)) return undefined;
      return {
        message: `“${code}” is always false: the ! comes first, and its result is no object.`,
        next: `Put what is denied into brackets: !(${left.operand.getText()} instanceof ${right.getText()}).`,
      };
    case ts.SyntaxKind.AmpersandAmpersandToken:
      if (!areTwoTexts(left, right)) return undefined;
      return {
        message: `“${code}” is never true: nothing equals both at once.`,
        next: 'Write || in place of &&.',
      };
    default:
      return undefined;
  }
}

/** Whether both compare one and the same thing by `===`, with different things. */
function areTwoTexts(one: ts.Expression, other: ts.Expression): boolean {
  const [first, second] = [equality(one), equality(other)];
  return (
    first !== undefined &&
    second !== undefined &&
    first.left.getText() === second.left.getText() &&
    first.right.getText() !== second.right.getText()
  );
}

function equality(node: ts.Expression): ts.BinaryExpression | undefined {
  if (ts.isParenthesizedExpression(node)) return equality(node.expression);
  if (!ts.isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  const isEquality =
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsToken;
  return isEquality ? node : undefined;
}

function isText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) && node.text !== '';
}

function isNegation(node: ts.Expression): node is ts.PrefixUnaryExpression {
  return ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken;
}

/** Whether it is a condition, or a part of one. */
export function isInCondition(node: ts.Node): boolean {
  const { parent } = node;
  if (!parent || !ts.isExpression(node)) return false;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  const isJoined =
    ts.isParenthesizedExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    (ts.isBinaryExpression(parent) &&
      (parent.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
        parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken));
  return isJoined && isInCondition(parent);
}
