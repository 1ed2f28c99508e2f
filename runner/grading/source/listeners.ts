import ts from 'typescript';
import { findFunction } from './functions';
import { lettersIn, textsOf } from './literals';
import type { Source } from './requirements';

/** A function of the file that hears an event of something. */
export interface Listener {
  /** The event's name, as it is written. */
  event: string;
  /** What it hears, such as `client`, as it is written. */
  of: string;
  line: number;
  /** The function; nothing if it is not one of this file's. */
  heard?: ts.Node;
}

/** Every listener that the file adds, from its top. */
export function listenersIn(source: Source): Listener[] {
  return source.nodes.flatMap((node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
    const { expression: of, name } = node.expression;
    if (!adders.has(name.text)) return [];
    const [event, handler] = node.arguments;
    if (!event || !handler || !ts.isStringLiteralLike(event)) return [];
    const heard = functionOf(source, handler);
    return [
      { event: event.text, of: of.getText(), line: source.lineOf(name), ...(heard && { heard }) },
    ];
  });
}

const adders = new Set(['on', 'once', 'addListener', 'prependListener']);

function functionOf(source: Source, handler: ts.Expression): ts.Node | undefined {
  if (ts.isIdentifier(handler)) return findFunction(source.nodes, handler.text);
  return ts.isFunctionLike(handler) ? handler : undefined;
}

/** Whether a function calls nothing: what it should do it does not. */
export function isIdle(node: ts.Node): boolean {
  return !hasCall(node);
}

function hasCall(node: ts.Node): boolean {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return true;
  return ts.forEachChild(node, (child) => hasCall(child) || undefined) ?? false;
}

/** Whether most of this text stands in a piece of the file. */
export function isSaidIn(source: Source, piece: ts.Node, text: string): boolean {
  return textsOf(source).some(
    ({ node, pieces }) =>
      piece.pos <= node.pos && node.end <= piece.end && lettersIn(pieces, text) * 2 >= text.length,
  );
}
