import ts from 'typescript';
import { findFunction, functionAround } from '../../grading/source/functions';
import type { Source } from '../../grading/source/requirements';

/** A call by which a file ends a job, whatever it calls kue's `done`. */
export interface DoneCall {
  node: ts.CallExpression;
  line: number;
  /** Whether it gets an error, and so fails the job. */
  fails: boolean;
}

/** Every call of `done` in a file, from the top. */
export function doneCalls(source: Source): DoneCall[] {
  const names = doneNames(source);
  return source.nodes.flatMap((node) => {
    if (!ts.isCallExpression(node) || !isOneOf(names, node.expression)) return [];
    const [error] = node.arguments;
    const fails = error !== undefined && !/^(?:null|undefined)$/.test(error.getText());
    return [{ node, line: source.lineOf(node), fails }];
  });
}

/** Where `done` stands alone, as `done;` or `return done;`: it is named there and not called. */
export function uncalledDone(source: Source): { name: string; line: number } | undefined {
  const names = doneNames(source);
  const found = source.nodes.find(
    (node) =>
      isOneOf(names, node) &&
      (ts.isExpressionStatement(node.parent) || ts.isReturnStatement(node.parent)),
  );
  return found && { name: found.getText(), line: source.lineOf(found) };
}

/** Whether `done` is handed to something that may call it, such as a timer. */
export function handsDoneOn(source: Source): boolean {
  const names = doneNames(source);
  return source.nodes.some(
    (node) =>
      isOneOf(names, node) &&
      ts.isCallExpression(node.parent) &&
      node.parent.expression !== node &&
      !isDeclaredHere(source, node.parent),
  );
}

/** Two calls of `done`, of which the second comes when the first has been made. */
export interface CalledTwice {
  first: DoneCall;
  second: DoneCall;
  /** Whether one and the same function makes both. */
  inside: boolean;
  /** The method, such as forEach, that the function with the first alone is handed to. */
  handedTo: string | undefined;
}

/**
 * Two calls of `done`, of which the second comes when the first has been made: with these ends, in
 * this order.
 */
export function calledAgain(
  source: Source,
  fails: readonly [boolean, boolean],
): CalledTwice | undefined {
  const calls = doneCalls(source);
  for (const first of calls.filter((one) => one.fails === fails[0])) {
    for (const second of calls.filter((one) => one.fails === fails[1])) {
      if (first !== second && comesAfter(source, first.node, second.node)) {
        const around = functionAround(first.node);
        const inside = around === functionAround(second.node);
        return { first, second, inside, handedTo: inside ? undefined : methodGetting(around) };
      }
    }
  }
  return undefined;
}

function methodGetting(around: ts.Node | undefined): string | undefined {
  const call = around?.parent;
  return call && ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression)
    ? call.expression.name.text
    : undefined;
}

/** The parameter of a worker that is kue's `done`, and those of functions that it is handed to. */
function doneNames(source: Source): ReadonlySet<string> {
  const names = new Set(['done']);
  const add = (parameter: ts.ParameterDeclaration | undefined) => {
    if (parameter && ts.isIdentifier(parameter.name)) names.add(parameter.name.text);
  };
  for (const call of source.nodes.filter(ts.isCallExpression)) {
    if (!/\bprocess$/.test(call.expression.getText())) continue;
    const worker = workerOf(source, call);
    if (worker && worker.parameters.length > 1) add(worker.parameters.at(-1));
  }
  // One round more for what is handed on once more.
  for (const _ of [1, 2]) {
    for (const call of source.nodes.filter(ts.isCallExpression)) {
      const at = call.arguments.findIndex((one) => isOneOf(names, one));
      if (at >= 0) add(declared(source, call)?.parameters[at]);
    }
  }
  return names;
}

/** The function that a call of `process` gets. */
function workerOf(source: Source, call: ts.CallExpression) {
  const given = call.arguments.find(
    (one) => ts.isArrowFunction(one) || ts.isFunctionExpression(one) || ts.isIdentifier(one),
  );
  if (!given || !ts.isIdentifier(given))
    return given && ts.isFunctionLike(given) ? given : undefined;
  return asFunction(findFunction(source.nodes, given.text));
}

/** The function of this file that a call calls. */
function declared(source: Source, { expression }: ts.CallExpression) {
  return ts.isIdentifier(expression)
    ? asFunction(findFunction(source.nodes, expression.text))
    : undefined;
}

function isDeclaredHere(source: Source, call: ts.CallExpression): boolean {
  return declared(source, call) !== undefined;
}

function asFunction(node: ts.Node | undefined): ts.SignatureDeclaration | undefined {
  return node && ts.isFunctionLike(node) ? node : undefined;
}

function isOneOf(names: ReadonlySet<string>, node: ts.Node): boolean {
  return ts.isIdentifier(node) && names.has(node.text);
}

/** Whether the second is reached when the first has been: in its function, or in one that calls that. */
function comesAfter(source: Source, first: ts.Node, second: ts.Node): boolean {
  const around = functionAround(first);
  if (goesOnTo(first, second, around)) return true;
  const calls = around ? callsOf(source, around) : [];
  return calls.some((call) => functionAround(call) !== around && comesAfter(source, call, second));
}

/** Whether what follows a node, until its function is left, holds the other. */
function goesOnTo(node: ts.Node, other: ts.Node, around: ts.Node | undefined): boolean {
  for (let at = node; at !== around && at.parent; at = at.parent) {
    // What is returned, or thrown, is the last of its function.
    if (ts.isReturnStatement(at) || ts.isThrowStatement(at)) return false;
    if (!ts.isBlock(at.parent) && !ts.isSourceFile(at.parent)) continue;
    const { statements } = at.parent;
    const place = ts.isStatement(at) ? statements.indexOf(at) : -1;
    for (const statement of statements.slice(place + 1)) {
      if (holds(statement, other)) return true;
      if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return false;
      if (ts.isBreakOrContinueStatement(statement)) break;
    }
  }
  return false;
}

/** The calls of a function, or the call that it is handed to, as to forEach. */
function callsOf(source: Source, called: ts.Node): ts.Node[] {
  if (ts.isCallExpression(called.parent)) return [called.parent];
  return source.nodes.filter(
    (node) => ts.isCallExpression(node) && declared(source, node) === called,
  );
}

function holds(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}
