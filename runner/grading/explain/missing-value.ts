import ts from 'typescript';
import type { PlacedFinding } from '../finding';
import { functionAround } from '../source/functions';
import { callWithFewer } from '../source/locate';
import { Source } from '../source/requirements';
import { valueUnder } from './known-names';

type Told = Pick<PlacedFinding, 'next' | 'line'>;

/**
 * Where the `undefined` comes from that a command gets as an argument: a loop that goes too far, or a
 * call that hands its function too little.
 * @param command the method's name
 * @returns the next step and its line; nothing where the file does not show it
 */
export function sourceOfUndefined(command: string, file: string): Told | undefined {
  const source = new Source(file);
  for (const node of source.nodes) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
    if (node.expression.name.text.toLowerCase() !== command) continue;
    const next = loopTooFar(source, node) ?? calledWithFewer(source, node) ?? dotted(source, node);
    if (next !== undefined) return next;
  }
  return undefined;
}

function loopTooFar(source: Source, call: ts.Node): Told | undefined {
  for (let at = call.parent; at; at = at.parent) {
    if (!ts.isForStatement(at) || !at.condition || !ts.isBinaryExpression(at.condition)) continue;
    const { operatorToken, right } = at.condition;
    const tooFar = operatorToken.kind === ts.SyntaxKind.LessThanEqualsToken;
    if (tooFar && /\.length$/.test(right.getText())) {
      return {
        next: `The loop of line ${source.lineOf(at)} goes one place too far: write < ${right.getText()}, as places count from 0.`,
        line: source.lineOf(at),
      };
    }
  }
  return undefined;
}

function calledWithFewer(source: Source, call: ts.Node): Told | undefined {
  const around = functionAround(call);
  if (!around || !ts.isFunctionLike(around)) return undefined;
  const { parent } = around;
  const name =
    around.name?.getText() ??
    (ts.isVariableDeclaration(parent) ? parent.name.getText() : undefined);
  const line = name && callWithFewer(source, name, around.parameters.length);
  return line
    ? {
        next: `Line ${line} calls ${name}() with fewer arguments than it takes: hand it all of them.`,
        line,
      }
    : undefined;
}

/** `object.name` in a loop over names, where the property under the variable's value is meant. */
function dotted(source: Source, call: ts.CallExpression): Told | undefined {
  const argument = call.arguments.find(
    (one): one is ts.PropertyAccessExpression =>
      ts.isPropertyAccessExpression(one) &&
      call.arguments.some((other) => other.getText() === one.name.text),
  );
  const object = argument && valueUnder(source, argument.expression.getText());
  if (!argument || !object || !ts.isObjectLiteralExpression(object)) return undefined;
  const [whole, name] = [argument.expression.getText(), argument.name.text];
  return {
    next: `${argument.getText()} asks for a property of the name “${name}”; for the one whose name is in the variable write ${whole}[${name}].`,
    line: source.lineOf(argument),
  };
}

/** What to do about something that cannot be gone through, as far as the file shows what it is. */
export function nextForIteration(name: string, file: string): string | undefined {
  const value = valueUnder(new Source(file), name);
  return value && ts.isObjectLiteralExpression(value)
    ? `${name} is an object: go through Object.entries(${name}), or through its names by for … in.`
    : undefined;
}
