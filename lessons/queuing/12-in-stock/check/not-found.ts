import { nodesOfRoute, routeFor, type Source, slipIn, ts } from '#grading';
import type { Answer } from '#vocabulary/http/answer';
import { unknownParameter } from '#vocabulary/http/parameters';
import type { Fault } from './quantity';

/** Why a product that is there is not found. */
export function whyNotFound(source: Source, answer: Answer, itemId: number): Fault {
  const { request, path } = answer;
  const message = `${request} answers “Product not found”, though there is a product ${itemId}.`;
  const unknown = unknownParameter(source, request, path);
  if (unknown) return unknown;
  const slip = slipIn(source.nodes);
  if (slip)
    return {
      message: `${message} ${slip.message}`,
      next: slip.next,
      line: source.lineOf(slip.node),
    };
  const mixed = conditionOnNumber(source, path);
  if (mixed) {
    return {
      message: `${message} The condition in line ${source.lineOf(mixed)} asks for a number in Redis as well, and Redis answers null if nothing is reserved yet.`,
      next: 'Answer so only if getItemById finds nothing: null from Redis is no reason.',
      line: source.lineOf(mixed),
    };
  }
  return {
    message,
    next: {
      says: 'The id comes out of the path as text: turn it into a number before it is compared with ===.',
      unless: [
        'Number($)',
        'parseInt($$$)',
        'Number.parseInt($$$)',
        '+$.params.$',
        'parseFloat($)',
      ],
      otherwise:
        'Compare numbers with numbers in getItemById: print there what it gets, and the id of each product.',
    },
    line: functionLine(source),
  };
}

/** The line of getItemById. */
function functionLine(source: Source): number | undefined {
  const declared = source.nodes.find(
    (node) =>
      (ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)) &&
      node.name?.getText() === 'getItemById',
  );
  return declared && source.lineOf(declared);
}

/** A condition that answers “not found” and asks for what Redis gave, too. */
function conditionOnNumber(source: Source, path: string): ts.Node | undefined {
  const route = routeFor(source, path);
  const nodes = route ? nodesOfRoute(source, route) : [];
  const numbers = nodes.filter(
    (node): node is ts.VariableDeclaration =>
      ts.isVariableDeclaration(node) &&
      /\bgetCurrentReservedStockById\(/.test(node.initializer?.getText() ?? ''),
  );
  const names = numbers.map(({ name }) => name.getText());
  return nodes.find(
    (node) => ts.isIdentifier(node) && names.includes(node.text) && isAskedForNotFound(node),
  );
}

function isAskedForNotFound(node: ts.Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.expression === at)
      return parent.thenStatement.getText().includes('Product not found');
  }
  return false;
}
