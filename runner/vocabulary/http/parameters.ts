import ts from 'typescript';
import { quote } from '../../grading/finding';
import type { Source } from '../../grading/source/requirements';
import { nodesOfRoute, routeFor } from '../../grading/source/routes';
import type { RouteFault } from './no-route';

/** A parameter that a route reads, and that its path does not have; nothing if it reads none such. */
export function unknownParameter(
  source: Source,
  request: string,
  path: string,
): RouteFault | undefined {
  const route = routeFor(source, path);
  if (!route) return undefined;
  const [, own] = /:(\w+)/.exec(route.path) ?? [];
  for (const node of nodesOfRoute(source, route)) {
    const read = readFrom(node);
    if (!read || !own || (read.from === 'params' && route.path.includes(`:${read.name}`))) continue;
    return {
      message: `${request} finds nothing: ${read.from}.${read.name} has no value, since the path ${quote(route.path)} calls its parameter ${quote(own)}.`,
      next: `Read it by that name: request.params.${own}.`,
      line: source.lineOf(node),
    };
  }
  return undefined;
}

/** What is read of a request: `params.NAME` or `query.NAME`, or the same taken out of them. */
function readFrom(node: ts.Node): { from: string; name: string } | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const from = ofRequest(node.expression);
    return from === undefined ? undefined : { from, name: node.name.text };
  }
  if (!ts.isBindingElement(node) || !ts.isVariableDeclaration(node.parent.parent)) return undefined;
  const { initializer } = node.parent.parent;
  const from = initializer && ofRequest(initializer);
  return from === undefined
    ? undefined
    : { from, name: (node.propertyName ?? node.name).getText() };
}

function ofRequest(node: ts.Expression): string | undefined {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  return /^(?:params|query|body)$/.test(node.name.text) ? node.name.text : undefined;
}
