import ts from 'typescript';
import { isInCondition, isSetting } from './conditions';

/** A slip of JavaScript that runs without an error and is never meant. */
export interface Slip {
  /** What the code does, as a sentence. */
  message: string;
  next: string;
  node: ts.Node;
}

const asking = /^(?:find|findIndex|findLast|filter|some|every)$/;

/** The first slip among these nodes: a condition that sets, a function for `find` that returns nothing. */
export function slipIn(nodes: readonly ts.Node[]): Slip | undefined {
  for (const node of nodes) {
    const slip = settingCondition(node) ?? silentPredicate(node);
    if (slip) return slip;
  }
  return undefined;
}

function settingCondition(node: ts.Node): Slip | undefined {
  if (!isSetting(node) || !(isInCondition(node) || isSought(node))) return undefined;
  return {
    message: `${node.getText()} sets ${node.left.getText()}, and compares nothing.`,
    next: `Compare with ===: ${node.left.getText()} === ${node.right.getText()}.`,
    node,
  };
}

/** Whether it is what a function for `find` gives. */
function isSought({ parent }: ts.Node): boolean {
  const around = ts.isReturnStatement(parent) ? parent.parent.parent : parent;
  return ts.isArrowFunction(around) && predicateCall(around) !== undefined;
}

function silentPredicate(node: ts.Node): Slip | undefined {
  const name = ts.isArrowFunction(node) && predicateCall(node);
  if (!name || !ts.isBlock(node.body) || returns(node.body)) return undefined;
  return {
    message: `The function that ${name}() gets returns nothing, so nothing is found.`,
    next: 'Write return before the comparison, or leave out the braces { } around it.',
    node,
  };
}

function predicateCall(node: ts.ArrowFunction): string | undefined {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || !ts.isPropertyAccessExpression(parent.expression))
    return undefined;
  const { text } = parent.expression.name;
  return asking.test(text) ? text : undefined;
}

function returns(node: ts.Node): boolean {
  if (ts.isReturnStatement(node)) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, (child) => returns(child) || undefined) ?? false;
}
