import ts from 'typescript';
import { functionAround, isWithin } from '../../grading/source/functions';
import type { Source } from '../../grading/source/requirements';
import { assertionsIn, testsIn } from './test-calls';

/** Why tests notice nothing of a fault, as the end of a sentence; and where that is. */
export interface Blindness {
  why: string;
  next: string;
  line?: number;
}

/**
 * Why tests do not notice that the function throws nothing.
 * @param name the function's in the file
 */
export function blindToNoThrow(source: Source, name: string): Blindness | undefined {
  return neverCalled(source, name) ?? swallowed(source, name) ?? withoutAssertion(source, name);
}

/**
 * Why tests do not notice that what they look into is empty, or not what it should be.
 * @param name the function's in the file
 * @param looked what they look into, such as `testMode.jobs`
 */
export function blindToContents(
  source: Source,
  name: string,
  looked: string,
): Blindness | undefined {
  return (
    neverCalled(source, name) ??
    comparedWithItself(source) ??
    inLoopOnly(source, looked) ??
    inPromise(source) ??
    thereAnyway(source, looked) ??
    withoutAssertion(source, name)
  );
}

function neverCalled(source: Source, name: string): Blindness | undefined {
  if (callsOf(source, name).length > 0 || isHandedOn(source, name)) return undefined;
  return {
    why: `: they never call ${name}`,
    next: `Call ${name}(…) in the tests, with what it takes.`,
  };
}

/** Whether it is an argument, or has another name as well. */
function isHandedOn(source: Source, name: string): boolean {
  return source.nodes.some(
    (node) =>
      ts.isIdentifier(node) &&
      node.text === name &&
      ((ts.isCallExpression(node.parent) && node.parent.expression !== node) ||
        ts.isVariableDeclaration(node.parent)),
  );
}

function callsOf(source: Source, name: string): ts.CallExpression[] {
  return source.nodes.filter(
    (node): node is ts.CallExpression =>
      ts.isCallExpression(node) &&
      (node.expression.getText() === name ||
        new RegExp(`^${name}\\.(?:call|apply|bind|default)$`).test(node.expression.getText())),
  );
}

/** A call in a `try` whose `catch` takes the failed assertion too, or alone holds one. */
function swallowed(source: Source, name: string): Blindness | undefined {
  const assertions = assertionsIn(source);
  const next =
    'Let the assertion make the call: expect(() => …).to.throw(…), or assert.throws(() => …, …).';
  for (const node of source.nodes) {
    if (!ts.isTryStatement(node) || !node.catchClause) continue;
    if (!callsOf(source, name).some((call) => isWithin(call, node.tryBlock))) continue;
    const { tryBlock, catchClause } = node;
    const line = source.lineOf(catchClause);
    const tried = assertions.find((one) => isWithin(one, tryBlock));
    const rethrows = /\bthrow\b/.test(catchClause.getText());
    if (tried && !rethrows) {
      return {
        why: `: the catch in line ${line} takes the failure of the assertion in line ${source.lineOf(tried)} as well`,
        next,
        line,
      };
    }
    if (!tried && assertions.some((one) => isWithin(one, catchClause))) {
      return {
        why: `: if nothing is thrown, the catch in line ${line} is not reached, and nothing is compared`,
        next,
        line,
      };
    }
  }
  return undefined;
}

/** A test that makes the call and compares nothing. */
function withoutAssertion(source: Source, name: string): Blindness | undefined {
  const assertions = assertionsIn(source);
  const idle = testsIn(source).find(
    ({ body }) =>
      body &&
      !assertions.some((one) => isWithin(one, body)) &&
      (isEmpty(body) || callsOf(source, name).some((call) => isWithin(call, body))),
  );
  if (!idle) return undefined;
  const empty = idle.body !== undefined && isEmpty(idle.body);
  return {
    why: `: the test in line ${idle.line} ${empty ? 'is empty' : 'asserts nothing'}`,
    next: empty
      ? 'Call the function in it, and compare what comes of that with what should.'
      : 'Compare there what comes of the call with what should.',
    line: idle.line,
  };
}

function isEmpty(body: ts.Node): boolean {
  return ts.isArrowFunction(body) || ts.isFunctionExpression(body)
    ? ts.isBlock(body.body) && body.body.statements.length === 0
    : false;
}

/** `expect(a).to.equal(a)`. */
function comparedWithItself(source: Source): Blindness | undefined {
  const same = source.nodes.find((node) => {
    if (!ts.isCallExpression(node)) return false;
    const [wanted, second] = node.arguments;
    if (wanted && second && /^assert\b/.test(node.expression.getText())) {
      return wanted.getText() === second.getText();
    }
    const given = wanted && expected(node.expression);
    return given !== undefined && given.getText() === wanted?.getText();
  });
  if (!same) return undefined;
  const line = source.lineOf(same);
  return {
    why: `: line ${line} compares something with itself`,
    next: 'Compare it with what it should be, such as a number, a text or the list that was given.',
    line,
  };
}

/** What `expect` was given, at the beginning of a chain. */
function expected(chain: ts.Expression): ts.Expression | undefined {
  let at = chain;
  while (ts.isPropertyAccessExpression(at)) at = at.expression;
  return ts.isCallExpression(at) && at.expression.getText() === 'expect'
    ? at.arguments[0]
    : undefined;
}

/** All that is compared of it is compared in a loop over it: over nothing, that makes no round. */
function inLoopOnly(source: Source, looked: string): Blindness | undefined {
  const loops = source.nodes.filter((node) => overWhat(node)?.getText().includes(looked) ?? false);
  const about = assertionsIn(source).filter(
    (one) => one.getText().includes(looked) || loops.some((loop) => isWithin(one, loop)),
  );
  const [loop] = loops;
  if (!loop || !about.every((one) => loops.some((each) => isWithin(one, each)))) return undefined;
  const line = source.lineOf(loop);
  return {
    why: `: the loop in line ${line} makes no round if there is none, and then compares nothing`,
    next: `Compare the length of ${looked} as well, before the loop.`,
    line,
  };
}

function overWhat(node: ts.Node): ts.Expression | undefined {
  if (ts.isForOfStatement(node)) return node.expression;
  const isEach =
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'forEach';
  return isEach && ts.isPropertyAccessExpression(node.expression)
    ? node.expression.expression
    : undefined;
}

/** An assertion in a `.then` that the test neither returns nor awaits. */
function inPromise(source: Source): Blindness | undefined {
  for (const assertion of assertionsIn(source)) {
    const around = functionAround(assertion);
    const call = around?.parent;
    if (!call || !ts.isCallExpression(call) || !/\.then$/.test(call.expression.getText())) continue;
    if (!ts.isExpressionStatement(call.parent)) continue;
    const line = source.lineOf(assertion);
    return {
      why: `: the assertion in line ${line} comes in a promise that the test does not wait for`,
      next: 'Return the promise from the test, or compare right after the call.',
      line,
    };
  }
  return undefined;
}

/** `expect(queue.testMode.jobs).to.exist`: it does, also with nothing in it. */
function thereAnyway(source: Source, looked: string): Blindness | undefined {
  const always = new RegExp(
    `${looked.replace('.', '\\.')}\\)\\.(?:to|should)\\.(?:exist|be\\.ok|be\\.an?\\b|not\\.be\\.(?:null|undefined))`,
  );
  // The innermost: a suite has it in it, too.
  const found = source.nodes.findLast(
    (node) => ts.isExpressionStatement(node) && always.test(node.getText()),
  );
  if (!found) return undefined;
  const line = source.lineOf(found);
  return {
    why: `: what line ${line} asserts is true of an empty list too`,
    next: `Compare its length, and what stands in it: expect(….${looked}.length).to.equal(…).`,
    line,
  };
}
