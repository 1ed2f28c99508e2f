import ts from 'typescript';
import type { Program } from '../../sandbox/process/program';
import type { PlacedFinding } from '../finding';
import { functionAround } from '../source/functions';
import { Syntax } from '../source/syntax';

/**
 * Why a program did nothing of what its file has: it ended itself by a call outside of every function,
 * which runs before Redis can have answered.
 * @returns nothing where it did not
 */
export function earlyExit({
  exit,
  file,
}: Program): Pick<PlacedFinding, 'message' | 'next' | 'line'> | undefined {
  if (!exit || exit.by !== undefined) return undefined;
  const source = new Syntax(file);
  const isTop = (node: ts.Node) => functionAround(node) === undefined;
  // What is awaited before has come to pass.
  if (source.nodes.some((node) => ts.isAwaitExpression(node) && isTop(node))) return undefined;
  const call = source.nodes.find(
    (node) =>
      ts.isCallExpression(node) && node.expression.getText() === 'process.exit' && isTop(node),
  );
  if (!call) return undefined;
  return {
    message:
      'process.exit() ends the program as soon as it has started, before anything that it waits for can come.',
    next: 'Take process.exit() out of the file’s top level, or call it only when all is done.',
    line: source.lineOf(call),
  };
}
