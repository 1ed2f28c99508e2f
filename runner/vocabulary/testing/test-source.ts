import ts from 'typescript';
import { quote } from '../../grading/finding';
import type { Source } from '../../grading/source/requirements';
import { withoutEnding } from '../../program-file';

/*
 * What a test file says. Each is looked at only if its tests are wrong, to explain why: as lines
 * from 1, or nothing.
 */

/**
 * The import that takes a function of the tested module by its name, and that name.
 * @param subject the module that lies beside the tests, without its ending
 */
export function importsByName(
  source: Source,
  subject: string,
): { name: string; line: number } | undefined {
  for (const node of source.nodes) {
    if (!ts.isImportDeclaration(node) || !isSubject(node.moduleSpecifier, subject)) continue;
    const { name: byDefault, namedBindings } = node.importClause ?? {};
    if (byDefault || !namedBindings || !ts.isNamedImports(namedBindings)) continue;
    const names = namedBindings.elements.map((one) => (one.propertyName ?? one.name).text);
    const [name] = names;
    if (name !== undefined && !names.includes('default'))
      return { name, line: source.lineOf(node) };
  }
  return undefined;
}

/** The name under which a file has what the tested module exports. */
export function importedAs(source: Source, subject: string): string | undefined {
  for (const node of source.nodes) {
    if (ts.isImportDeclaration(node) && isSubject(node.moduleSpecifier, subject)) {
      return node.importClause?.name?.text;
    }
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) continue;
    const [, required] = /^require\((['"].+['"])\)/.exec(node.initializer?.getText() ?? '') ?? [];
    if (required && withoutEnding(required.slice(1, -1)) === `./${subject}`) return node.name.text;
  }
  return undefined;
}

/** Whether nothing of the learner's own is imported: neither the subject nor a file that could do it. */
export function importsNothingOfItsOwn(source: Source, subject: string): boolean {
  const texts = source.nodes.filter(ts.isStringLiteralLike);
  return !texts.some(({ text }) => text.startsWith('.') || text.includes(subject));
}

/** A call of the function that stands where an assertion is to get a function that makes it. */
export function callsTooEarly(
  source: Source,
  name: string,
): { given: string; line: number } | undefined {
  for (const node of source.nodes) {
    if (!ts.isCallExpression(node)) continue;
    const given = node.expression.getText();
    if (!/^expect$|(?:^|\.)(?:throws|throw|rejects)$/.test(given)) continue;
    const [first] = node.arguments;
    const bare = first && ts.isAsExpression(first) ? first.expression : first;
    if (bare && ts.isCallExpression(bare) && bare.expression.getText() === name) {
      return { given, line: source.lineOf(bare) };
    }
  }
  return undefined;
}

/** A test or a suite with `.only`, where others stand beside it. */
export function leavesOthersOut(source: Source): number | undefined {
  const only = source.nodes.filter(
    (node) => ts.isCallExpression(node) && isWith('only', node.expression),
  );
  const tests = source.nodes.filter(
    (node) =>
      ts.isCallExpression(node) && ts.isIdentifier(node.expression) && isTest(node.expression),
  );
  const [first] = only;
  const left = tests.some(
    (test) => !only.some((one) => one.pos <= test.pos && test.end <= one.end),
  );
  return first && left ? source.lineOf(first) : undefined;
}

/** A test or a suite that is left out by `.skip` or by its name. */
export function skips(source: Source): number | undefined {
  const skipped = source.nodes.find(
    (node) =>
      ts.isCallExpression(node) &&
      (isWith('skip', node.expression) ||
        /^x(?:it|describe|context|specify)$/.test(node.expression.getText())),
  );
  return skipped && source.lineOf(skipped);
}

/** An assertion that compares nothing: `expect(…)` alone, or a matcher that is named and not called. */
export function comparesNothing(source: Source): { line: number; next: string } | undefined {
  const idle = source.nodes.find(
    (node): node is ts.ExpressionStatement =>
      ts.isExpressionStatement(node) && isIdle(node.expression),
  );
  if (!idle) return undefined;
  const { expression } = idle;
  return {
    line: source.lineOf(idle),
    next: ts.isPropertyAccessExpression(expression)
      ? `Call ${quote(expression.name.text)} there: write brackets behind it, with what is expected.`
      : 'Say behind it what the value should be: to.equal with that in brackets.',
  };
}

function isIdle(expression: ts.Expression): boolean {
  if (ts.isCallExpression(expression)) return expression.expression.getText() === 'expect';
  return (
    ts.isPropertyAccessExpression(expression) &&
    /^expect\(/.test(expression.getText()) &&
    /^(?:to|be|been|have|deep|throws?|equals?|eql|lengthOf|length|members|include|property|an?|not)$/.test(
      expression.name.text,
    )
  );
}

/** A hook that is given `testMode.enter` itself, not a function that calls it. */
export function handsEnterToHook(source: Source): number | undefined {
  const hook = source.nodes.find(
    (node) =>
      ts.isCallExpression(node) &&
      /(?:^|\.)before(?:Each|\.each)?$/.test(node.expression.getText()) &&
      /testMode\.enter$/.test(node.arguments[0]?.getText() ?? ''),
  );
  return hook && source.lineOf(hook);
}

/** A timer with an assertion in it, in a test that neither takes `done` nor waits for a promise. */
export function assertsTooLate(source: Source): number | undefined {
  const timer = source.nodes.find(
    (node) =>
      ts.isCallExpression(node) &&
      /^set(?:Timeout|Immediate)$/.test(node.expression.getText()) &&
      /\b(?:expect|assert)\b|\.should\b/.test(node.getText()) &&
      endsBefore(node),
  );
  return timer && source.lineOf(timer);
}

/** Whether the test around it is over as soon as its function returns. */
function endsBefore(timer: ts.Node): boolean {
  for (let at = timer.parent; at; at = at.parent) {
    if (ts.isReturnStatement(at) || ts.isAwaitExpression(at) || ts.isNewExpression(at))
      return false;
    if (!ts.isFunctionLike(at)) continue;
    const { parent } = at;
    if (!ts.isCallExpression(parent) || !ts.isIdentifier(parent.expression)) continue;
    if (isTest(parent.expression))
      return at.parameters.length === 0 && ts.isBlock(at.getChildAt(at.getChildCount() - 1));
  }
  return false;
}

/** Whether it is a test's or a suite's function with this word behind it. */
function isWith(word: 'only' | 'skip', callee: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === word &&
    ts.isIdentifier(callee.expression) &&
    (isTest(callee.expression) || /^(?:describe|context|suite)$/.test(callee.expression.text))
  );
}

function isTest({ text }: ts.Identifier): boolean {
  return /^(?:it|test|specify)$/.test(text);
}

function isSubject(specifier: ts.Expression, subject: string): boolean {
  return ts.isStringLiteralLike(specifier) && withoutEnding(specifier.text) === `./${subject}`;
}
