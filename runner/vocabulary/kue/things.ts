import ts from 'typescript';
import { findFunction, functionAround } from '../../grading/source/functions';
import type { Source } from '../../grading/source/requirements';

/** What a piece of a file stands for among the things of kue; `nothing` is what a call of kue itself gives. */
export type Thing = 'kue' | 'queue' | 'job' | 'done' | 'nothing';

/** The methods by which a thing of kue is known. */
export const methods: Record<'kue' | 'queue' | 'job', readonly string[]> = {
  kue: ['createQueue'],
  queue: ['create', 'createJob', 'process', 'shutdown', 'watchStuckJobs', 'on'],
  job: [
    ...['save', 'progress', 'log', 'priority', 'attempts', 'delay', 'ttl', 'backoff'],
    ...['removeOnComplete', 'update', 'remove', 'failed', 'complete', 'error', 'on'],
  ],
};

/**
 * What an expression stands for: by what its name was given, or by what is handed over where it is a
 * parameter.
 * @returns nothing where the file does not show it
 */
export function thingOf(source: Source, node: ts.Expression, depth = 0): Thing | undefined {
  if (depth > deepest) return undefined;
  if (ts.isCallExpression(node)) return madeBy(source, node, depth);
  if (!ts.isIdentifier(node)) return undefined;
  if (isPackage(source, node.text)) return 'kue';
  const parameter = parameterOf(node);
  if (parameter) return givenTo(source, parameter, depth) ?? byName.get(node.text);
  const declaration = declarationOf(source, node.text);
  return declaration?.initializer && thingOf(source, declaration.initializer, depth + 1);
}

/** What a parameter is that nothing in the file hands over: by the name that it has. */
const byName = new Map<string, Thing>([
  ['queue', 'queue'],
  ['job', 'job'],
  ['done', 'done'],
]);

/** So many names may stand for one another. */
const deepest = 5;

/** The name that what queue.create() returns is given, first in the file. */
export function jobName(source: Source): string | undefined {
  const declared = source.nodes.find(
    (node): node is ts.VariableDeclaration =>
      ts.isVariableDeclaration(node) &&
      node.initializer !== undefined &&
      thingOf(source, node.initializer) === 'job',
  );
  return declared?.name.getText();
}

/** Whether a name is what a loop over an array has in hand: of `for … of`, or the first that forEach gives. */
export function isItem(source: Source, node: ts.Expression): boolean {
  if (!ts.isIdentifier(node)) return false;
  const parameter = parameterOf(node);
  const call = parameter?.of.parent;
  if (parameter && call && ts.isCallExpression(call)) {
    return parameter.at === 0 && /\.(?:forEach|map)$/.test(call.expression.getText());
  }
  const declaration = declarationOf(source, node.text);
  return declaration !== undefined && ts.isForOfStatement(declaration.parent.parent);
}

/** Where a variable of the name is declared. */
export function declarationOf(source: Source, name: string): ts.VariableDeclaration | undefined {
  return source.nodes.find(
    (node): node is ts.VariableDeclaration =>
      ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name,
  );
}

/** A parameter with its function, and the place where it stands there. */
export interface Parameter {
  of: ts.SignatureDeclaration;
  at: number;
}

/** The parameter that a name is, in the innermost function that has one of the name. */
export function parameterOf(node: ts.Identifier): Parameter | undefined {
  for (let of = functionAround(node); of; of = functionAround(of)) {
    if (!ts.isFunctionLike(of)) continue;
    const at = of.parameters.findIndex(
      ({ name }) => ts.isIdentifier(name) && name.text === node.text,
    );
    if (at >= 0) return { of, at };
  }
  return undefined;
}

/** The name under which a function is called. */
export function nameOf(called: ts.SignatureDeclaration): string | undefined {
  if (called.name && ts.isIdentifier(called.name)) return called.name.text;
  const { parent } = called;
  const isNamed = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name);
  return isNamed ? parent.name.getText() : undefined;
}

/** The first call of a function of the file. */
export function callOf(
  source: Source,
  called: ts.SignatureDeclaration,
): ts.CallExpression | undefined {
  const name = nameOf(called);
  return source.nodes.find(
    (node): node is ts.CallExpression =>
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === name,
  );
}

/** The call of `process` that gets this function as its worker. */
export function workerCall(
  source: Source,
  worker: ts.SignatureDeclaration,
): ts.CallExpression | undefined {
  return source.nodes.find(
    (node): node is ts.CallExpression =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'process' &&
      node.arguments.some(
        (one) =>
          one === worker ||
          (ts.isIdentifier(one) && findFunction(source.nodes, one.text) === worker),
      ),
  );
}

/** kue calls a worker of two parameters with (job, done), and any other with (job, ctx, done). */
function givenTo(source: Source, { of, at }: Parameter, depth: number): Thing | undefined {
  if (workerCall(source, of)) {
    if (at === 0) return 'job';
    return at === (of.parameters.length === 2 ? 1 : 2) ? 'done' : undefined;
  }
  const given = callOf(source, of)?.arguments[at];
  return given && thingOf(source, given, depth + 1);
}

/** What a call gives: of a chain such as `queue.create(…).priority(…)` the job. */
function madeBy(source: Source, call: ts.CallExpression, depth: number): Thing | undefined {
  const { expression } = call;
  if (ts.isIdentifier(expression)) {
    if (expression.text === 'createQueue') return 'queue';
    return isPackage(source, expression.text) ? 'nothing' : undefined;
  }
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const { name } = expression;
  if (name.text === 'createQueue') return 'queue';
  if (name.text === 'create' || name.text === 'createJob') return 'job';
  const before = thingOf(source, expression.expression, depth + 1);
  return before === 'job' ? 'job' : undefined;
}

/** Whether the name is that of the whole package. */
function isPackage(source: Source, name: string): boolean {
  return source.nodes.some((node) => {
    if (ts.isImportClause(node) || ts.isNamespaceImport(node)) {
      const clause = ts.isImportClause(node) ? node : node.parent;
      const from = clause.parent.moduleSpecifier;
      return node.name?.text === name && ts.isStringLiteral(from) && from.text === 'kue';
    }
    return (
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      node.name.text === name &&
      /^require\(['"]kue['"]\)$/.test(node.initializer?.getText() ?? '')
    );
  });
}
