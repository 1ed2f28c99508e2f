import ts from 'typescript';
import { brief, type Edit } from './mutant';

/** Statements, branches and bodies left out; conditions turned round; nothing awaited. */
export function* statementEdits(node: ts.Node, tree: ts.SourceFile): Generator<Edit> {
  const whole = (text: string, change: string, at: ts.Node = node): Edit => ({
    start: at.getStart(tree),
    end: at.getEnd(),
    text,
    change,
  });
  const droppable = droppableName(node);
  if (droppable) yield whole(';', `drop the ${droppable}`);
  if (ts.isAwaitExpression(node)) yield whole(node.expression.getText(tree), 'drop await');
  if (ts.isIfStatement(node) && node.elseStatement) {
    const { thenStatement } = node;
    yield {
      start: thenStatement.getEnd(),
      end: node.getEnd(),
      text: '',
      change: 'drop else',
    };
  }
  const condition = conditionOf(node);
  if (condition) {
    const text = condition.getText(tree);
    yield whole(`!(${text})`, `negate ${brief(text)}`, condition);
  }
  if (ts.isFunctionLike(node) && 'body' in node && node.body) {
    const body = node.body as ts.ConciseBody;
    if (!ts.isBlock(body)) yield whole('undefined', 'empty the function', body);
    else if (body.statements.length > 0) yield whole('{}', 'empty the function', body);
  }
}

function conditionOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return node.expression;
  return ts.isConditionalExpression(node) ? node.condition : undefined;
}

/** Declarations stay: without one the program only trips over its name. */
function droppableName(node: ts.Node): string | undefined {
  if (ts.isExpressionStatement(node)) return 'statement';
  if (ts.isReturnStatement(node)) return 'return';
  if (ts.isThrowStatement(node)) return 'throw';
  if (ts.isIfStatement(node)) return 'if';
  return ts.isIterationStatement(node, false) ? 'loop' : undefined;
}
