import ts from 'typescript';
import type { PlacedFinding } from '../finding';
import { Source } from '../source/requirements';

/**
 * An error that was thrown inside a package: names in its text are the package's own, so what is told
 * is the call in the learner's file that led there.
 * @param stack the error's
 * @param raw its name and message
 * @param file the learner's, absolute
 * @returns nothing if it was thrown elsewhere
 */
export function explainInsidePackage(
  stack: string | undefined,
  raw: string,
  file: string,
): Pick<PlacedFinding, 'message' | 'next'> | undefined {
  const frames = (stack ?? '').split('\n').filter((one) => /^\s+at /.test(one));
  const [first = ''] = frames;
  const name = /.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(first)?.[1];
  if (name === undefined || first.includes(`${file}:`)) return undefined;
  const own = frames.find((one) => one.includes(`${file}:`));
  const call = own && callAt(new Source(file), own.slice(own.indexOf(`${file}:`) + file.length));
  const by = call ? `: ${call} gets something that it cannot use` : '';
  return {
    message: `The package “${name}” stopped with “${raw}”${by}.`,
    next: call
      ? `Compare what ${call} gets with what it takes: which arguments, of which kind, in which order.`
      : `Names in that text are the package’s own. Look at what the file hands to “${name}”.`,
  };
}

/** The call at a place such as `:3:12`, as its name and brackets. */
function callAt(source: Source, place: string): string | undefined {
  const [, line, column] = /^:(\d+):(\d+)/.exec(place) ?? [];
  const calls = source.nodes.filter(
    (node): node is ts.CallExpression | ts.NewExpression =>
      (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
      source.lineOf(calleeName(node)) === Number(line),
  );
  // The compiled text may stand elsewhere in its line: of several calls the name at the place is taken.
  const named = calls.filter((node) => columnOf(calleeName(node)) === Number(column));
  const [only] = named.length > 0 ? named : calls;
  return only && (named.length > 0 || calls.length === 1)
    ? `${only.expression.getText()}()`
    : undefined;
}

function calleeName({ expression }: ts.CallExpression | ts.NewExpression): ts.Node {
  return ts.isPropertyAccessExpression(expression) ? expression.name : expression;
}

function columnOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).character + 1;
}
