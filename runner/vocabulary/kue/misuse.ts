import ts from 'typescript';
import { nearest } from '../../grading/explain/edit-distance';
import { fail, type PlacedFinding, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Source } from '../../grading/source/requirements';
import type { Task } from '../../grading/task';
import {
  callOf,
  declarationOf,
  isItem,
  jobName,
  methods,
  nameOf,
  parameterOf,
  type Thing,
  thingOf,
  workerCall,
} from './things';

/** Why something of kue was called in vain, and the line that is wrong. */
export type Misuse = Pick<PlacedFinding, 'message' | 'next'> & { line: number };

/**
 * No error has ended the program that comes of taking one thing of kue for another, such as the queue
 * for a job, or of handing kue something that it cannot call.
 * @throws CheckFailure otherwise
 */
export function expectRightUse({ source }: Task, running: ProgramRun): void {
  const [error] = running.program.errors;
  const misuse = error && misuseBehind(source, error.message);
  if (!misuse) return;
  fail({ class: 'crash', ...misuse, seen: `${error.name}: ${error.message}` });
}

/**
 * What of kue was taken for something else, if that is behind an error of JavaScript.
 * @param error its text, without its name
 */
export function misuseBehind(source: Source, error: string): Misuse | undefined {
  const [, whole = '', method] = /^([\w.$]+\.)?(\w+) is not a function$/.exec(error) ?? [];
  if (method !== undefined) {
    return whole === '' ? notCallable(source, method) : withoutMethod(source, whole + method);
  }
  if (/^kue is not defined$/.test(error)) return packageTakenApart(source);
  const [, read] = /^Cannot read properties of undefined \(reading '(\w+)'\)/.exec(error) ?? [];
  return read === undefined ? undefined : ofNothing(source, read);
}

/** `import { createQueue } from 'kue'`, and then `kue.createQueue()`. */
function packageTakenApart(source: Source): Misuse | undefined {
  const specifier = source.nodes.find(
    (node): node is ts.ImportSpecifier =>
      ts.isImportSpecifier(node) &&
      node.parent.parent.parent.moduleSpecifier.getText().slice(1, -1) === 'kue',
  );
  const used = source.nodes.find((node) => ts.isIdentifier(node) && node.text === 'kue');
  if (!specifier || !used) return undefined;
  const name = specifier.name.text;
  const line = source.lineOf(used);
  return {
    message: `Line ${line} uses the name kue, and the import takes only ${name} out of the package.`,
    next: `Write ${name} without kue and the dot before it, or import kue from 'kue'.`,
    line,
  };
}

/** kue calls what these get: the methods of a job that take a function and nothing before it. */
const takers = new Set(['save', 'failed', 'complete', 'remove', 'update', 'active', 'inactive']);

/** A name that the file has not is one from within kue: of what it was given to call. */
function notCallable(source: Source, name: string): Misuse | undefined {
  if (source.nodes.some((node) => ts.isIdentifier(node) && node.text === name)) return undefined;
  for (const node of source.nodes) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
    const method = node.expression.name;
    const [given] = node.arguments;
    if (!takers.has(method.text) || !given || mayBeCalled(given)) continue;
    const call = `${node.expression.expression.getText()}.${method.text}`;
    const shown = /\n/.test(call) ? method.text : call;
    const isError = ts.isNewExpression(given);
    const line = source.lineOf(method);
    return {
      message: `${shown}() in line ${line} takes a callback, and gets ${quote(shortened(given))}: kue calls what it gets, and that ends the program.`,
      next: isError
        ? `Hand the error to done in place of ${shown}(): done(new Error(…)) ends the job as failed.`
        : ts.isCallExpression(given)
          ? `Hand over a function that makes the call: ${method.text}(() => …).`
          : `Let the function come first: ${method.text}((error) => …).`,
      line,
    };
  }
  return undefined;
}

function mayBeCalled(given: ts.Expression): boolean {
  return ts.isFunctionLike(given) || ts.isIdentifier(given) || ts.isPropertyAccessExpression(given);
}

function shortened(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

const names: Record<Exclude<Thing, 'nothing'>, string> = {
  kue: 'the package kue',
  queue: 'the queue',
  job: 'a job',
  done: 'the function done',
};

/** `job.progress` where `job` is done: a method of another thing, or of none. */
function withoutMethod(source: Source, code: string): Misuse | undefined {
  const node = source.nodes.find(
    (one): one is ts.PropertyAccessExpression =>
      ts.isPropertyAccessExpression(one) &&
      ts.isCallExpression(one.parent) &&
      one.parent.expression === one &&
      one.getText() === code,
  );
  const thing = node && thingOf(source, node.expression);
  if (node && isItem(source, node.expression)) return onItem(source, node);
  if (!node || thing === undefined || thing === 'nothing') return undefined;
  const method = node.name.text;
  const line = source.lineOf(node.name);
  const owner = (['job', 'queue', 'kue'] as const).find((one) => methods[one].includes(method));
  if (owner === undefined || owner === thing) return unknownMethod(thing, node, line);
  const name = node.expression.getText();
  return {
    message: `${code}() in line ${line} fails: ${quote(name)} is ${names[thing]} there, and ${method}() belongs to ${owner === 'queue' ? 'a queue' : names[owner]}.`,
    ...(handedOver(source, node.expression) ?? {
      next: instead(thing, owner, method),
      line: declarationLine(source, thing, node.expression) ?? line,
    }),
  };
}

/** A job's method is called on what a loop over an array has in hand. */
function onItem(source: Source, node: ts.PropertyAccessExpression): Misuse | undefined {
  const method = node.name.text;
  const name = node.expression.getText();
  if (!methods.job.includes(method)) return undefined;
  const job = jobName(source);
  return {
    message: `${quote(name)} is an object of the array here, not a job of kue, and has no function ${quote(method)}.`,
    next:
      job === undefined || job === name
        ? `Keep what queue.create() returns under a name of its own, and call ${method}() on that.`
        : `Call ${method}() on ${quote(job)}, which is what queue.create() returned.`,
    line: source.lineOf(node.name),
  };
}

/** What to do where the thing is an argument: its place in the call is wrong, or who makes the call. */
function handedOver(source: Source, name: ts.Expression) {
  const parameter = ts.isIdentifier(name) ? parameterOf(name) : undefined;
  if (!parameter) return undefined;
  const { of } = parameter;
  const called = nameOf(of);
  const order = of.parameters.map((one) => one.name.getText()).join(', ');
  const byKue = workerCall(source, of);
  if (byKue) {
    return called === undefined
      ? undefined
      : {
          next: `kue calls the function of queue.process() with (job, done): give it one that calls ${called}(${order}).`,
          line: source.lineOf(byKue),
        };
  }
  const call = callOf(source, of);
  return (
    call && {
      next: `Call ${called}(${order}), in this order: line ${source.lineOf(call)} has another.`,
      line: source.lineOf(call),
    }
  );
}

function declarationLine(source: Source, thing: Thing, name: ts.Expression): number | undefined {
  if (thing !== 'kue') return undefined;
  const declaration = ts.isIdentifier(name) ? declarationOf(source, name.text) : undefined;
  return declaration && source.lineOf(declaration);
}

function instead(thing: Thing, owner: Thing, method: string): string {
  if (owner === 'job') {
    return 'Call it on the job, which queue.create() returns and the function of queue.process() gets.';
  }
  if (owner === 'queue' && thing === 'kue') {
    return 'Make a queue first: const queue = kue.createQueue().';
  }
  return owner === 'queue'
    ? `Call it on the queue that createQueue() gives: queue.${method}(…).`
    : `Call it on the package: kue.${method}().`;
}

function unknownMethod(
  thing: Exclude<Thing, 'nothing'>,
  node: ts.PropertyAccessExpression,
  line: number,
): Misuse | undefined {
  if (thing === 'done') return undefined;
  const method = node.name.text;
  if (thing === 'job' && method === 'done') {
    return {
      message:
        'A job has no function “done”: that is the second argument of the function that queue.process() gets.',
      next: `Take it as a parameter, (${node.expression.getText()}, done) => …, and call it alone.`,
      line,
    };
  }
  const meant = nearest(method, methods[thing]);
  const whose =
    thing === 'kue' ? 'The package kue' : thing === 'queue' ? 'A queue of kue' : 'A job';
  const ways = {
    kue: 'A queue comes from kue.createQueue().',
    queue: 'queue.create(type, data) makes a job, and save() on it puts it into the queue.',
    job: 'A job is saved by save(), and followed by on(event, …).',
  };
  return {
    message: `${whose} has no ${method}(), which line ${line} calls.`,
    next: meant === undefined ? ways[thing] : `Write ${meant} in place of ${method}.`,
    line,
  };
}

/** `kue.testMode.enter` or `queue.process` where nothing stands before the dot. */
function ofNothing(source: Source, read: string): Misuse | undefined {
  for (const node of source.nodes) {
    if (!ts.isPropertyAccessExpression(node) || node.name.text !== read) continue;
    const misuse = testModeOf(source, node.expression) ?? madeByPackage(source, node.expression);
    if (misuse) return misuse;
  }
  return undefined;
}

/** kue's queues have a testMode, and nothing else of kue does. */
function testModeOf(source: Source, node: ts.Expression): Misuse | undefined {
  if (!ts.isPropertyAccessExpression(node) || !/^test_?mode$/i.test(node.name.text)) {
    return undefined;
  }
  const owner = node.expression;
  const line = source.lineOf(node);
  const ofQueue = thingOf(source, owner) === 'queue';
  if (ofQueue && node.name.text === 'testMode') return undefined;
  return ofQueue
    ? {
        message: `The queue has no ${quote(node.name.text)}: in line ${line} it is spelled otherwise than in kue.`,
        next: 'Write testMode, with a capital M.',
        line,
      }
    : {
        message: `${node.getText()} in line ${line} is not there: the test mode belongs to a queue, and ${owner.getText()} is none.`,
        next: 'Write queue.testMode, with the queue that createQueue() gives.',
        line,
      };
}

/** `const queue = kue()`. */
function madeByPackage(source: Source, node: ts.Expression): Misuse | undefined {
  if (!ts.isIdentifier(node) || thingOf(source, node) !== 'nothing') return undefined;
  const declaration = declarationOf(source, node.text);
  if (!declaration?.initializer) return undefined;
  const made = declaration.initializer.getText();
  const line = source.lineOf(declaration);
  return {
    message: `${made} in line ${line} gives nothing: a queue is not made by calling the package.`,
    next: `Write const ${node.text} = kue.createQueue().`,
    line,
  };
}
