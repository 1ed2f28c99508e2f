import ts from 'typescript';
import { brief, type Edit } from './mutant';

/** Operators that stand close together, or for the contrary. */
const otherOperators: Record<string, string[]> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
  '&&': ['||'],
  '||': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '**': ['*'],
};

/** Other operators, and keys and elements that are missing or have another name. */
export function* expressionEdits(node: ts.Node, tree: ts.SourceFile): Generator<Edit> {
  if (ts.isBinaryExpression(node)) yield* operatorEdits(node, tree);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const [start, end] = [node.getStart(tree), node.getEnd()];
    const text = node.operand.getText(tree);
    yield { start, end, text, change: `!${brief(text)} → ${brief(text)}` };
  }
  if (ts.isObjectLiteralExpression(node)) {
    for (const one of node.properties) yield dropped(one, [...node.properties], tree);
  }
  if (ts.isArrayLiteralExpression(node)) {
    for (const one of node.elements) yield dropped(one, [...node.elements], tree);
  }
  const key = keyOf(node);
  if (key) {
    const { name, value } = key;
    const text = value === undefined ? `${name.text}Of` : `${name.text}Of: ${value}`;
    const [start, end] = [name.getStart(tree), name.getEnd()];
    yield { start, end, text, change: `the key ${name.text} → ${name.text}Of` };
  }
}

function* operatorEdits(node: ts.BinaryExpression, tree: ts.SourceFile): Generator<Edit> {
  const { left, operatorToken, right } = node;
  const operator = operatorToken.getText(tree);
  for (const other of otherOperators[operator] ?? []) {
    const [start, end] = [operatorToken.getStart(tree), operatorToken.getEnd()];
    yield { start, end, text: other, change: `${operator} → ${other}` };
  }
  if (operator === '??') {
    const change = `drop ?? ${brief(right.getText(tree))}`;
    yield { start: left.getEnd(), end: right.getEnd(), text: '', change };
  }
}

function dropped(node: ts.Node, list: ts.Node[], tree: ts.SourceFile): Edit {
  const next = list[list.indexOf(node) + 1];
  const before = list[list.indexOf(node) - 1];
  return {
    start: next ? node.getStart(tree) : (before?.getEnd() ?? node.getStart(tree)),
    end: next ? next.getStart(tree) : node.getEnd(),
    at: node.getStart(tree),
    text: '',
    change: `drop ${brief(node.getText(tree))}`,
  };
}

/** The name of a key that is written or taken apart, and what it needs to keep its value. */
function keyOf(node: ts.Node): { name: ts.Identifier; value?: string } | undefined {
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) return { name: node.name };
  if (ts.isShorthandPropertyAssignment(node)) return { name: node.name, value: node.name.text };
  const isPart =
    ts.isBindingElement(node) &&
    ts.isObjectBindingPattern(node.parent) &&
    node.propertyName === undefined &&
    ts.isIdentifier(node.name);
  return isPart
    ? { name: node.name as ts.Identifier, value: (node.name as ts.Identifier).text }
    : undefined;
}
