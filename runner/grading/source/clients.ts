import ts from 'typescript';
import type { Source } from './requirements';

/** A client of Redis that a file keeps under a name. */
export interface NamedClient {
  name: string;
  line: number;
}

/** The clients that hear of no error, where another one does; none where the file does not show it. */
export function clientsWithoutErrorListener(source: Source): NamedClient[] {
  return othersThan(source, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const [event] = node.arguments;
    const isListener = adders.has(node.expression.name.text);
    if (!isListener || !event || !ts.isStringLiteralLike(event) || event.text !== 'error') return;
    return node.expression.expression;
  });
}

const adders = new Set(['on', 'once', 'addListener', 'prependListener']);

/** The clients that are never connected, where another one is; none where the file does not show it. */
export function clientsNeverConnected(source: Source): NamedClient[] {
  return othersThan(source, (node) =>
    ts.isPropertyAccessExpression(node) && node.name.text === 'connect'
      ? node.expression
      : undefined,
  );
}

/** A client that is never closed, and the function that closes another one. */
export interface OpenClient extends NamedClient {
  closer: string;
}

/** The clients that are never closed, where another one is; none where the file does not show it. */
export function clientsLeftOpen(source: Source): OpenClient[] {
  const [closer = 'quit'] = source.nodes.flatMap((node) =>
    ts.isPropertyAccessExpression(node) && closers.has(node.name.text) ? [node.name.text] : [],
  );
  return othersThan(source, (node) =>
    ts.isPropertyAccessExpression(node) && closers.has(node.name.text)
      ? node.expression
      : undefined,
  ).map((client) => ({ ...client, closer }));
}

const closers = new Set(['quit', 'end', 'disconnect', 'close', 'destroy']);

/** @param subject what is treated so, where a node does that */
function othersThan(source: Source, subject: (node: ts.Node) => ts.Expression | undefined) {
  const clients = clientsIn(source);
  const treated = source.nodes.flatMap((node) => subject(node) ?? []);
  // What makes a client out of another one speaks of both: it is about the new one.
  const known = treated.map(
    (one) =>
      clients.find((client) => isMadeBy(client, one)) ??
      clients.find((client) => isAbout(client, one)),
  );
  // One that is treated under another name, as in a loop over all, may be any of them.
  if (treated.length === 0 || known.includes(undefined)) return [];
  return clients
    .filter((client) => !known.includes(client))
    .map(({ name, node }) => ({ name, line: source.lineOf(node) }));
}

interface Client {
  name: string;
  node: ts.Node;
}

function clientsIn(source: Source): Client[] {
  return source.nodes.flatMap((node): Client[] => {
    if (ts.isVariableDeclaration(node) && node.initializer && makesClient(node.initializer))
      return [{ name: node.name.getText(), node }];
    const isSet =
      ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return isSet && makesClient(node.right) ? [{ name: node.left.getText(), node }] : [];
  });
}

function makesClient(made: ts.Node): boolean {
  if (ts.isAwaitExpression(made) || ts.isParenthesizedExpression(made))
    return makesClient(made.expression);
  if (!ts.isCallExpression(made)) return false;
  const { expression } = made;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  if (/^(?:createClient|duplicate)$/.test(name.getText())) return true;
  return ts.isPropertyAccessExpression(expression) && makesClient(expression.expression);
}

/** Whether it stands where the client is made. */
function isMadeBy({ node }: Client, expression: ts.Expression): boolean {
  return node.pos <= expression.pos && expression.end <= node.end;
}

/** Whether it is the client, or a call on it. */
function isAbout({ name }: Client, expression: ts.Expression): boolean {
  let root: ts.Node = expression;
  while (ts.isCallExpression(root) || ts.isPropertyAccessExpression(root)) {
    if (root.getText() === name) return true;
    root = root.expression;
  }
  return root.getText() === name;
}
