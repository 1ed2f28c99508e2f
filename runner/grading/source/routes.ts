import ts from 'typescript';
import { findFunction } from './functions';
import type { Source } from './requirements';

/*
 * The routes of an express server as they stand in its file.
 */

/** A call such as `app.get('/books/:isbn', …)`. */
export interface Route {
  /** `get`, `post`, `all`, `use`, … */
  method: string;
  /** As it is written, such as `/books/:isbn`. */
  path: string;
  /** What it is declared on, such as `app`. */
  on: string;
  call: ts.CallExpression;
}

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'use', 'route']);

/** Every route of the file, from the top. */
export function routesOf(source: Source): Route[] {
  return source.nodes.flatMap((node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
    const { expression, name } = node.expression;
    const [path] = node.arguments;
    if (!methods.has(name.text) || !path || !ts.isStringLiteralLike(path)) return [];
    if (!path.text.startsWith('/')) return [];
    return [{ method: name.text, path: path.text, on: expression.getText(), call: node }];
  });
}

/** Whether the route takes a GET of this path. */
export function takes(route: Route, path: string): boolean {
  return ['get', 'all', 'use', 'route'].includes(route.method) && fits(route, path);
}

/** Whether the route's path takes this one, whatever it does with a GET. */
export function fits({ method, path }: Route, asked: string): boolean {
  const given = segments(asked.split('?', 1)[0] ?? '');
  const own = segments(path);
  const fewest = own.filter((one) => !one.endsWith('?')).length;
  if (given.length < fewest || (given.length > own.length && method !== 'use')) return false;
  return own
    .slice(0, given.length)
    .every((one, at) => isParameter(one) || one.toLowerCase() === given[at]?.toLowerCase());
}

/** A path in its pieces. */
export function segments(path: string): string[] {
  return path.split('/').filter((one) => one !== '');
}

export function isParameter(segment: string): boolean {
  return /[:*]/.test(segment);
}

/** The first route that answers this path. */
export function routeFor(source: Source, path: string): Route | undefined {
  return routesOf(source).find((route) => takes(route, path));
}

/** All that stands in a route: in its call, and in the functions of the file that it names there. */
export function nodesOfRoute(source: Source, { call }: Route): ts.Node[] {
  const named = call.arguments.flatMap((one) =>
    ts.isIdentifier(one) ? (findFunction(source.nodes, one.text) ?? []) : [],
  );
  return [call, ...named].flatMap((outer) => source.nodes.filter((node) => holds(outer, node)));
}

function holds(outer: ts.Node, node: ts.Node): boolean {
  return outer.pos <= node.pos && node.end <= outer.end;
}
