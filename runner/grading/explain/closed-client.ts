import ts from 'typescript';
import type { PlacedFinding } from '../finding';
import { functionAround } from '../source/functions';
import { Source } from '../source/requirements';

const closers = new Set(['close', 'quit', 'disconnect', 'destroy']);

/**
 * A client that refuses a command was closed before it, if the same function closes it further up.
 * @param line of the command, from 1
 * @param file the learner's, absolute
 */
export function explainClosedClient(
  line: number | undefined,
  file: string,
): Pick<PlacedFinding, 'message' | 'next'> | undefined {
  const source = new Source(file);
  const calls = source.nodes.filter(ts.isCallExpression);
  const isClosed = calls
    .filter((call) => source.lineOf(call) === line)
    .some((call) =>
      calls.some(
        (one) =>
          one.end < call.pos &&
          isCloserOf(one, clientOf(call)) &&
          functionAround(one) === functionAround(call),
      ),
    );
  if (!isClosed) return undefined;
  return {
    message: 'The client was used after it was closed.',
    next: 'Move the lines that close it below this one, and await what is sent before that.',
  };
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
