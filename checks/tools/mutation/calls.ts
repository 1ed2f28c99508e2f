import ts from 'typescript';
import { brief, type Edit } from './mutant';

/** Methods that are taken for one another. */
const otherMethods: Record<string, string> = {
  set: 'append',
  get: 'exists',
  incr: 'decr',
  decr: 'incr',
  hset: 'hsetnx',
  hgetall: 'hkeys',
  publish: 'rpush',
  subscribe: 'psubscribe',
  unsubscribe: 'subscribe',
  on: 'once',
  once: 'on',
  save: 'update',
  enter: 'exit',
  exit: 'enter',
  before: 'after',
  after: 'before',
  find: 'filter',
  map: 'filter',
  max: 'min',
  min: 'max',
  throws: 'not.throws',
  is: 'is.not',
  equal: 'not.equal',
};

/** Express has a method of the same name as Redis. */
const otherRoutes: Record<string, string> = { get: 'post', use: 'get' };

/** Calls with arguments missing or in another order, of another method, or left out of a chain. */
export function* callEdits(node: ts.Node, tree: ts.SourceFile): Generator<Edit> {
  if (ts.isPropertyAccessExpression(node)) yield* methodEdits(node, tree);
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
  const list = [...(node.arguments ?? [])];
  for (const [index, argument] of list.entries()) {
    const next = list[index + 1];
    const before = list[index - 1];
    yield {
      start: next ? argument.getStart(tree) : (before?.getEnd() ?? argument.getStart(tree)),
      end: next ? next.getStart(tree) : argument.getEnd(),
      at: argument.getStart(tree),
      text: '',
      change: `drop the argument ${brief(argument.getText(tree))}`,
    };
    if (!next) continue;
    const [one, other] = [argument.getText(tree), next.getText(tree)];
    yield {
      start: argument.getStart(tree),
      end: next.getEnd(),
      text: `${other}, ${one}`,
      change: `swap the arguments ${brief(one)} and ${brief(other)}`,
    };
  }
  if (ts.isCallExpression(node) && isLink(node)) {
    const callee = node.expression as ts.PropertyAccessExpression;
    const object = callee.expression;
    yield {
      start: object.getEnd(),
      end: node.getEnd(),
      at: callee.name.getStart(tree),
      text: '',
      change: `drop .${callee.name.text}()`,
    };
  }
}

function* methodEdits(node: ts.PropertyAccessExpression, tree: ts.SourceFile): Generator<Edit> {
  const isRoute = ts.isIdentifier(node.expression) && node.expression.text === 'app';
  const other = (isRoute ? otherRoutes : otherMethods)[node.name.text];
  if (other === undefined) return;
  yield {
    start: node.name.getStart(tree),
    end: node.name.getEnd(),
    text: other,
    change: `.${node.name.text} → .${other}`,
  };
}

/** One call of several in a row. */
function isLink(node: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(node.expression)) return false;
  return (
    ts.isCallExpression(node.expression.expression) || ts.isPropertyAccessExpression(node.parent)
  );
}
