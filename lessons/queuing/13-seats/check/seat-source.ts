import { matching, type NextStep, nodesOfRoute, routeFor, type Source, ts } from '#grading';

/** Where something stands in a file, and what to do about it. */
export interface Hint {
  next: NextStep;
  line: number;
}

/** What task 13 calls the variable that says whether reservations are taken. */
const name = 'reservationEnabled';

/**
 * Why reservations are taken still where they should be blocked: looked at only where they are.
 * @returns nothing where the file sets no variable of the task's name to false
 */
export function whyNeverBlocked(source: Source): Hint | undefined {
  const hint = (next: NextStep, node: ts.Node) => ({ next, line: source.lineOf(node) });
  const compared = source.nodes.find(isComparedAlone);
  if (compared) return hint(`With == it is only compared: ${name} = false sets it.`, compared);
  const inner = innerDeclaration(source);
  if (inner) {
    return hint(
      `Set ${name} without let, const or var: with it, this is another variable, which ends with its block.`,
      inner,
    );
  }
  const set = source.nodes.find(isSetToFalse);
  if (!set) return undefined;
  const condition = conditionOf(set);
  if (condition && /===\s*['"`]0['"`]|['"`]0['"`]\s*===/.test(condition.getText())) {
    return hint(
      "Compare with the number 0, and make a number of what is compared: === '0' holds for a text alone.",
      condition,
    );
  }
  if (condition && isTextByNumber(source, condition)) {
    return hint(
      'Make a number of what Redis answers before you compare it with 0: it is text, and === never holds.',
      condition,
    );
  }
  return hint(`Let ${name} = false run as soon as the new number of seats is 0.`, set);
}

/** Why they are blocked from the start: where the variable is true, the condition is to blame. */
export function whyBlockedAtOnce(source: Source): Hint | undefined {
  const begins = source.nodes.some(
    (node) =>
      ts.isVariableDeclaration(node) &&
      node.name.getText() === name &&
      node.initializer?.kind === ts.SyntaxKind.TrueKeyword,
  );
  const conditions = source.nodes.filter(
    (node) => ts.isIfStatement(node) && node.expression.getText().includes(name),
  );
  const [only] = conditions;
  if (!begins || !only || conditions.length > 1) return undefined;
  return {
    next: `${name} is true at the start: turn this condition round, and refuse if it is false.`,
    line: source.lineOf(only),
  };
}

/** The line of a call of process() that no route /process holds. */
export function processedOutside(source: Source): number | undefined {
  const route = routeFor(source, '/process');
  const inside = route ? nodesOfRoute(source, route) : [];
  const call = matching(source, '$.process($$$)').find((node) => !inside.includes(node));
  return call && source.lineOf(call);
}

function isComparedAlone(node: ts.Node): boolean {
  if (!ts.isExpressionStatement(node) || !ts.isBinaryExpression(node.expression)) return false;
  const { left, operatorToken } = node.expression;
  return left.getText() === name && /^===?$/.test(operatorToken.getText());
}

/** A variable of the name in a block, which hides another or is set to false as it is declared. */
function innerDeclaration(source: Source): ts.Node | undefined {
  const declared = source.nodes
    .filter(ts.isVariableDeclaration)
    .filter((node) => node.name.getText() === name);
  return declared.find(
    ({ initializer, parent }) =>
      !ts.isSourceFile(parent.parent.parent) &&
      (declared.length > 1 || initializer?.kind === ts.SyntaxKind.FalseKeyword),
  );
}

function isSetToFalse(node: ts.Node): boolean {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    node.left.getText() === name &&
    node.right.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** Whether what Redis answers, as it comes, is compared with the number 0. */
function isTextByNumber(source: Source, condition: ts.Expression): boolean {
  const reader = 'getCurrentAvailableSeats';
  const declared = source.nodes.find(
    (node) =>
      (ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)) &&
      node.name?.getText() === reader,
  );
  const [, first, second] = /(\w+) === 0\b|\b0 === (\w+)/.exec(condition.getText()) ?? [];
  const compared = source.nodes.find(
    (node) => ts.isVariableDeclaration(node) && node.name.getText() === (first ?? second),
  );
  const texts = [condition, compared, declared].map((node) => node?.getText() ?? '');
  return (
    texts.slice(0, 2).some((text) => text.includes(`${reader}()`)) &&
    /=== 0\b|\b0 ===/.test(condition.getText()) &&
    texts.every((text) => !/Number|parseInt|[-+*/] ?\d|[=(] ?\+/.test(text))
  );
}

function conditionOf(node: ts.Node): ts.Expression | undefined {
  for (let at = node.parent; at && !ts.isFunctionLike(at); at = at.parent) {
    if (ts.isIfStatement(at)) return at.expression;
  }
  return undefined;
}
