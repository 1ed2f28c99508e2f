import ts from 'typescript';
import { isWithin } from '../../grading/source/functions';
import type { Source } from '../../grading/source/requirements';

/*
 * The tests and hooks of a test file, for Mocha and for uvu, as its syntax tree shows them.
 */

/** A call that declares a test or a hook. */
export interface Declared {
  call: ts.CallExpression;
  /** The function that it gets; nothing if it gets none. */
  body: ts.Node | undefined;
  line: number;
}

/** Every test, from the top of the file. */
export function testsIn(source: Source): (Declared & { title: string })[] {
  const names = new Set(['it', 'specify', 'test', ...suitesOf(source)]);
  return declared(source, (callee) => {
    const name = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
    const isPlain =
      name === callee || /^(?:only|skip)$/.test(callee.getText().split('.').at(-1) ?? '');
    return isPlain && ts.isIdentifier(name) && names.has(name.text);
  }).map((one) => {
    const [title] = one.call.arguments;
    return { ...one, title: title && ts.isStringLiteralLike(title) ? title.text : '' };
  });
}

/** The hooks of a kind: `before`, `after`, and with `each` those around every test. */
export function hooksIn(source: Source, kind: 'before' | 'after', each: boolean): Declared[] {
  const names = each ? [`${kind}Each`, `.${kind}.each`] : [kind, `.${kind}`, `${kind}All`];
  return declared(source, (callee) => {
    const text = callee.getText();
    return names.some((name) => (name.startsWith('.') ? text.endsWith(name) : text === name));
  });
}

/** Whether a piece of the file stands in one of these. */
export function isIn(all: readonly Declared[], node: ts.Node): boolean {
  return all.some(({ body }) => body !== undefined && isWithin(node, body));
}

/** Every piece of the file that asserts something: calls of expect and assert, and what comes of `should`. */
export function assertionsIn(source: Source): ts.Node[] {
  const names = new Set(['expect', 'assert', 'should', 'sinon', ...importedAssertions(source)]);
  return source.nodes.filter((node) => {
    if (ts.isPropertyAccessExpression(node)) return node.name.text === 'should';
    if (!ts.isCallExpression(node)) return false;
    let root: ts.Expression = node.expression;
    while (ts.isPropertyAccessExpression(root)) root = root.expression;
    return ts.isIdentifier(root) && names.has(root.text);
  });
}

/** The names under which a file has the functions of a library of assertions. */
function importedAssertions(source: Source): string[] {
  return source.nodes.filter(ts.isImportSpecifier).flatMap((node) => {
    const from = node.parent.parent.parent.moduleSpecifier;
    const isAssert =
      ts.isStringLiteral(from) &&
      /^(?:uvu\/assert|(?:node:)?assert(?:\/strict)?|chai)$/.test(from.text);
    return isAssert ? [node.name.text] : [];
  });
}

/** What uvu's suite() gives. */
function suitesOf(source: Source): string[] {
  return source.nodes
    .filter(ts.isVariableDeclaration)
    .filter(({ initializer }) => /^suite\(/.test(initializer?.getText() ?? ''))
    .map(({ name }) => name.getText());
}

function declared(source: Source, isMeant: (callee: ts.Expression) => boolean): Declared[] {
  return source.nodes.flatMap((node) => {
    if (!ts.isCallExpression(node) || !isMeant(node.expression)) return [];
    const body = node.arguments.find(ts.isFunctionLike);
    return [{ call: node, body, line: source.lineOf(node) }];
  });
}
