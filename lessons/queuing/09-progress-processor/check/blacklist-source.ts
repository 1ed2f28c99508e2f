import { type Source, ts } from '#grading';

/*
 * What a file says of its blacklist. All but the first are looked at only if a job went wrong, to
 * explain why.
 */

/** What stands in one array with all of these numbers, and is none of them. */
export function listedBeside(source: Source, numbers: readonly string[]) {
  for (const node of source.nodes) {
    if (!ts.isArrayLiteralExpression(node)) continue;
    const listed = node.elements.filter(
      (one) => ts.isStringLiteralLike(one) || ts.isNumericLiteral(one),
    );
    const texts = listed.map((one) => one.text);
    if (!numbers.every((one) => texts.includes(one))) continue;
    const other = listed.find((one) => !numbers.includes(one.text));
    if (other) return { text: other.text, line: source.lineOf(other) };
  }
  return undefined;
}

/** Whether it has phone numbers as numbers, where those of the jobs are text. */
export function hasNumericPhones(source: Source): boolean {
  return source.nodes.some((node) => ts.isNumericLiteral(node) && /^\d{10,}$/.test(node.text));
}

/**
 * Whether it takes only a place above 0 for found, or any but 0: the first in an array is at 0, and
 * what is not there at -1.
 */
export function overlooksTheFirst(source: Source): boolean {
  const looks = source.countCalls('indexOf') + source.countCalls('findIndex');
  return looks > 0 && source.nodes.some((node) => isAboveZero(node) || isPlaceAlone(node));
}

/** A place that stands as a condition, compared with nothing. */
function isPlaceAlone(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !/\.(?:indexOf|findIndex)$/.test(node.expression.getText()))
    return false;
  const { parent } = node;
  return (
    ((ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) &&
      isConditionOf(parent, node)) ||
    (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken)
  );
}

function isConditionOf(parent: ts.IfStatement | ts.ConditionalExpression, node: ts.Node): boolean {
  return (ts.isIfStatement(parent) ? parent.expression : parent.condition) === node;
}

function isAboveZero(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  const { left, operatorToken, right } = node;
  if (operatorToken.kind === ts.SyntaxKind.GreaterThanToken) return right.getText() === '0';
  if (operatorToken.kind === ts.SyntaxKind.LessThanToken) return left.getText() === '0';
  return false;
}

/** Whether a new error is handed to `done` anywhere. */
export function handsErrorToDone(source: Source): boolean {
  return source.nodes.some((node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'done') return false;
    const [error] = node.arguments;
    return error !== undefined && ts.isNewExpression(error);
  });
}

/** Whether a variable outside of every function can change from job to job. */
export function sharesVariable(source: Source): boolean {
  return source.nodes.some(
    (node) =>
      ts.isVariableStatement(node) &&
      ts.isSourceFile(node.parent) &&
      (node.declarationList.flags & ts.NodeFlags.Const) === 0,
  );
}
