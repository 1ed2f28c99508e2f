import { type OddCondition, oddCondition, type Source, ts } from '#grading';

/*
 * Why a file does not throw its error for what is no array: looked at only if it does not.
 */

/** Why, and the line that is wrong. */
type Cause = OddCondition;

/**
 * What keeps the error from being thrown, or from getting out.
 * @param text the error's own
 */
export function unthrown(source: Source, text: string): Cause | undefined {
  const made = source.nodes.find(
    (node): node is ts.NewExpression =>
      ts.isNewExpression(node) &&
      (node.arguments?.some((one) => ts.isStringLiteralLike(one) && one.text === text) ?? false),
  );
  if (!made) return undefined;
  const line = source.lineOf(made);
  if (ts.isExpressionStatement(made.parent)) {
    return {
      message: `Line ${line} makes the error and does not throw it.`,
      next: 'Write throw before new Error.',
      line,
    };
  }
  const caught = catchAround(made);
  if (caught) {
    const where = source.lineOf(caught);
    return {
      message: `The error of line ${line} is caught again by the catch of line ${where}.`,
      next: 'Take try and catch away: whoever calls the function is to get the error.',
      line: where,
    };
  }
  const condition = conditionAround(made);
  return condition && (oddCondition(source) ?? untold(source, condition));
}

/** The condition under which the error is thrown. */
export function lineOfCondition(source: Source, text: string): number | undefined {
  const said = source.nodes.find((node) => ts.isStringLiteralLike(node) && node.text === text);
  const condition = said && conditionAround(said);
  return condition && source.lineOf(condition);
}

function untold(source: Source, condition: ts.Expression): Cause {
  const code = condition.getText();
  return {
    message: `The condition “${code}” does not tell it from an array.`,
    next: 'Ask Array.isArray: if (!Array.isArray(jobs)).',
    line: source.lineOf(condition),
  };
}

function conditionAround(node: ts.Node): ts.Expression | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isIfStatement(at)) return at.expression;
    if (ts.isFunctionLike(at)) return undefined;
  }
  return undefined;
}

/** A catch that gets what a node throws, and throws nothing itself. */
function catchAround(node: ts.Node): ts.CatchClause | undefined {
  for (let at = node.parent; at && !ts.isFunctionLike(at); at = at.parent) {
    if (!ts.isTryStatement(at) || !at.catchClause) continue;
    const isTried = at.tryBlock.pos <= node.pos && node.end <= at.tryBlock.end;
    if (isTried && !/\bthrow\b/.test(at.catchClause.getText())) return at.catchClause;
  }
  return undefined;
}
