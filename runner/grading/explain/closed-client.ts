import ts from 'typescript';
import type { PlacedFinding } from '../finding';
import { findFunction, functionAround } from '../source/functions';
import { Source } from '../source/requirements';

const closers = new Set(['close', 'quit', 'disconnect', 'destroy']);

/**
 * A client that refuses a command was closed before it, if a line further up closes it: above the command,
 * or above a call of the function that sends it. If only another function closes it, that may have run before.
 * @param line of the command, from 1
 * @param file the learner's, absolute
 */
export function explainClosedClient(
  line: number | undefined,
  file: string,
): Pick<PlacedFinding, 'message' | 'next'> | undefined {
  const source = new Source(file);
  const calls = source.nodes.filter(ts.isCallExpression);
  for (const used of calls.filter((call) => source.lineOf(call) === line)) {
    const closers = calls.filter((one) => isCloserOf(one, clientOf(used)));
    const sender = functionAround(used);
    const ofSender = ({ expression }: ts.CallExpression) =>
      ts.isIdentifier(expression) && findFunction(source.nodes, expression.text) === sender;
    const uses = [used, ...(sender ? calls.filter(ofSender) : [])];
    const isBefore = (closer: ts.Node, use: ts.Node) =>
      closer.end < use.pos && functionAround(closer) === functionAround(use);
    if (closers.some((one) => uses.some((use) => isBefore(one, use)))) {
      return {
        message: 'The client was used after it was closed.',
        next: 'Move the lines that close it below the last one that needs it, and await what is sent before that.',
      };
    }
    if (closers.some((one) => functionAround(one) !== sender)) {
      return {
        message: 'The client was used before it was connected, or after it was closed.',
        next: 'Await client.connect() before the first command, and await each function that sends one before you close the client.',
      };
    }
  }
  return undefined;
}

function isCloserOf({ expression }: ts.CallExpression, client: string | undefined): boolean {
  return (
    client !== undefined &&
    ts.isPropertyAccessExpression(expression) &&
    closers.has(expression.name.text) &&
    expression.expression.getText() === client
  );
}

/** What the call is made on, as it is written. */
function clientOf({ expression }: ts.CallExpression): string | undefined {
  return ts.isPropertyAccessExpression(expression) ? expression.expression.getText() : undefined;
}
