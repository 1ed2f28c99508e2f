import ts from 'typescript';
import type { Source } from './requirements';

/*
 * Code to look for, written as code: `$` stands for any one piece, `$$$` for any number of them, as in
 * `$.on('error', $$$)` or `await $.set($$$)`. Quotes, brackets round a piece and types do not count.
 */

/** Every piece of the file that is written as the pattern has it, from the top. */
export function matching(source: Source, pattern: string): ts.Node[] {
  const wanted = parse(pattern);
  return source.nodes.filter((node) => bare(node) === node && isAlike(node, wanted));
}

/** Whether the file has it. */
export function isWritten(source: Source, pattern: string): boolean {
  return matching(source, pattern).length > 0;
}

const parsed = new Map<string, ts.Node>();

function parse(pattern: string): ts.Node {
  const known = parsed.get(pattern);
  if (known) return known;
  const file = ts.createSourceFile('pattern.js', pattern, ts.ScriptTarget.Latest, true);
  const [first] = file.statements;
  if (!first) throw new Error(`The pattern ${pattern} holds no code.`);
  const node = ts.isExpressionStatement(first) ? bare(first.expression) : first;
  parsed.set(pattern, node);
  return node;
}

function isAlike(one: ts.Node, wanted: ts.Node): boolean {
  const node = bare(one);
  if (isAny(wanted, '$')) return true;
  if (ts.isStringLiteralLike(node) && ts.isStringLiteralLike(wanted))
    return node.text === wanted.text;
  if (node.kind !== wanted.kind) return false;
  if (ts.isPrefixUnaryExpression(node) && ts.isPrefixUnaryExpression(wanted)) {
    if (node.operator !== wanted.operator) return false;
  }
  const [own, asked] = [pieces(node), pieces(wanted)];
  return asked.length === 0 && own.length === 0
    ? node.getText() === wanted.getText()
    : areAlike(own, asked);
}

function areAlike(own: readonly ts.Node[], asked: readonly ts.Node[]): boolean {
  const [wanted, ...others] = asked;
  if (!wanted) return own.length === 0;
  if (isAny(wanted, '$$$')) {
    return own.some((_, at) => areAlike(own.slice(at), others)) || areAlike([], others);
  }
  const [first, ...rest] = own;
  return first !== undefined && isAlike(first, wanted) && areAlike(rest, others);
}

function isAny(node: ts.Node, sign: '$' | '$$$'): boolean {
  const name = ts.isExpressionStatement(node) ? node.expression : node;
  return ts.isIdentifier(name) && name.text === sign;
}

/** The piece itself, without the brackets and the types around it. */
function bare(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node)
    ? bare(node.expression)
    : node;
}

function pieces(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    if (!ts.isTypeNode(child) && child.kind !== ts.SyntaxKind.QuestionDotToken) found.push(child);
  });
  return found;
}
