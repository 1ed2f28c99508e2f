import ts from 'typescript';
import type { Source } from './requirements';
import { type Route, routesOf } from './routes';

/** What runs a line of a server's file. */
export type CodePlace =
  | { route: Route }
  /** A function that waits for an event. */
  | { event: string }
  /** A function that a call such as `save(…)` keeps for later. */
  | { keptBy: string };

const keepers = new Set(['save', 'process', 'setTimeout', 'setInterval', 'setImmediate']);

/** The innermost of the functions that somebody else calls around a line; nothing if there is none. */
export function codePlace(source: Source, line: number): CodePlace | undefined {
  const innermost = source.nodes.findLast(
    (node) => source.lineOf(node) === line && !ts.isSourceFile(node),
  );
  const routes = routesOf(source);
  for (let at = innermost; at?.parent; at = at.parent) {
    const call = at.parent;
    if (!ts.isFunctionLike(at) || !ts.isCallExpression(call)) continue;
    const route = routes.find((one) => one.call === call);
    if (route) return { route };
    const { expression, arguments: given } = call;
    const name = ts.isPropertyAccessExpression(expression)
      ? expression.name.text
      : expression.getText();
    const [event] = given;
    if (/^(?:on|once)$/.test(name) && event && ts.isStringLiteralLike(event))
      return { event: event.text };
    if (keepers.has(name)) return { keptBy: name };
  }
  return undefined;
}
