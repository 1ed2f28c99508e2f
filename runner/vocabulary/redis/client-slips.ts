import ts from 'typescript';
import { type CourseTerms, taughtClient } from '../../grading/course-terms';
import { nearest } from '../../grading/explain/edit-distance';
import { exportsOf } from '../../grading/explain/known-names';
import { promising, redisPackage } from '../../grading/explain/redis-version';
import { defaultImport } from '../../grading/explain/undeclared-name';
import { fail, type PlacedFinding, quote } from '../../grading/finding';
import { isPrint } from '../../grading/source/literals';
import type { Source } from '../../grading/source/requirements';
import type { Explanation, Task } from '../../grading/task';
import type { FailureClass } from '../../grading/verdict';
import { type ClientCall, clientCalls, hasNoCallback, isCommand, isReading } from './client-calls';

/*
 * Slips with the client of redis 3 that the file itself shows for certain. Whatever came of one, it is
 * told before that.
 */

/** How a file is to get what Redis answers. */
type Style = 'callback' | 'promise';

type Told = Pick<PlacedFinding, 'message' | 'next'> & { line: number };

/** Findings by the first slip that the file shows. */
export function explainSlips({ source, course }: Task, style: Style): Explanation {
  return (finding) => {
    const newer = newerStyle(source, course, style);
    if (finding.class === 'syntax-error') {
      return newer && newer.line === finding.line ? { ...newer, class: 'crash' } : undefined;
    }
    return effects.includes(finding.class)
      ? (newer ?? misprinting(source) ?? unanswered(source))
      : undefined;
  };
}

/** What a slip may come out as. */
const effects: readonly FailureClass[] = ['crash', 'wrong-output', 'wrong-command', 'wrong-data'];

/**
 * Nothing in the file is written for a later redis than the course's.
 * @throws CheckFailure where it is
 */
export function expectTaughtStyle({ source, course }: Task, style: Style): void {
  const newer = newerStyle(source, course, style);
  if (newer) fail({ class: 'requirement-not-met', ...newer });
}

/** One thing that only redis 4 and later have. */
interface Sign {
  kind: 'connect' | 'capitals' | 'promise';
  shown: string;
  line: number;
}

function newerStyle(source: Source, course: CourseTerms, style: Style): Told | undefined {
  const { major, declaredMajor = 0 } = redisPackage(source.file);
  // A folder that has a later one, or asks for it, is told so.
  if (major >= promising || declaredMajor >= promising) return undefined;
  const signs = clientCalls(source).flatMap(signsIn);
  const [first] = signs;
  if (!first) return undefined;
  const shown = [...new Set(signs.map((one) => quote(one.shown)))].slice(0, 3);
  const kinds = new Set(signs.map(({ kind }) => kind));
  return {
    message: `${listed(shown)} ${shown.length === 1 ? 'is' : 'are'} written for redis 4 and later; ${taughtClient(course)}, which the course teaches, works in another way.`,
    next: [
      ...(kinds.has('connect') ? ['Take connect() out: redis 3 connects by itself.'] : []),
      ...(kinds.has('capitals') ? ['Write the names of commands in small letters.'] : []),
      ...(kinds.has('promise') ? [ofPromises[style]] : []),
    ].join(' '),
    line: first.line,
  };
}

const ofPromises: Record<Style, string> = {
  callback:
    'A command gives no promise: hand it a function (error, reply) => … as its last argument.',
  promise:
    'A command gives no promise: make a function that does, promisify(client.get).bind(client), and await what that gives.',
};

function signsIn(call: ClientCall): Sign[] {
  const { node, client, method, line } = call;
  if (method === 'connect') return [{ kind: 'connect', shown: `${client}.connect()`, line }];
  const small = method.toLowerCase();
  const capitals = method !== small && method !== method.toUpperCase() && isCommand(method);
  const { parent } = node;
  const isAwaited = ts.isAwaitExpression(parent);
  const isChained =
    ts.isPropertyAccessExpression(parent) && ['then', 'catch'].includes(parent.name.text);
  const isPromised = hasNoCallback(call) && (isAwaited || isChained);
  const name = `${isPromised && isAwaited ? 'await ' : ''}${client}.${method}()`;
  const shown = isPromised && isChained ? `${name}.then` : name;
  return [
    ...(capitals ? [{ kind: 'capitals' as const, shown, line }] : []),
    ...(isPromised ? [{ kind: 'promise' as const, shown, line }] : []),
  ];
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** redis.print in a form in which it does not print what Redis answers. */
function misprinting(source: Source): Told | undefined {
  for (const call of clientCalls(source)) {
    if (!isCommand(call.method)) continue;
    for (const argument of call.node.arguments) {
      const told = misprint(source, call, argument);
      if (told) return { ...told, line: source.lineOf(argument) };
    }
  }
  return undefined;
}

function misprint(source: Source, { client }: ClientCall, argument: ts.Expression) {
  const text = argument.getText();
  if (text === `${client}.print`) {
    return {
      message: `“print” belongs to the package, not to the client: there is no ${text}, so nothing prints what Redis answers.`,
      next: printOf(source),
    };
  }
  if (ts.isStringLiteralLike(argument) && /^(?:redis\.)?print$/.test(argument.text)) {
    return {
      message: `${quote(text)} is a text, and goes to Redis as one more word of the command.`,
      next: `Take the quotes off: ${argument.text}.`,
    };
  }
  if (isPrint(argument)) {
    return {
      message: `${quote(text)} is called at once, and the command gets no callback.`,
      next: 'Hand a function over: (error, reply) => console.log(reply).',
    };
  }
  if (isPrintCall(argument)) {
    return {
      message: `${text} calls the function at once, before there is an answer to print.`,
      next: 'Hand the function over without calling it: redis.print, not redis.print().',
    };
  }
  if (ts.isArrowFunction(argument) && !ts.isBlock(argument.body)) {
    const body = argument.body.getText();
    if (isPrintCall(argument.body) || /^(?:\w+\.)?print$/.test(body)) {
      return {
        message: `The callback ${quote(text)} does not hand on what Redis answers.`,
        next: `Hand the function over itself: ${body.replace('()', '')} in place of ${text}.`,
      };
    }
  }
  return misnamedExport(source, argument);
}

function printOf(source: Source): string {
  const whole = defaultImport(source, 'redis');
  return whole === undefined
    ? "Add print to the import, import { createClient, print } from 'redis', and write print."
    : `Write ${whole}.print.`;
}

function isPrintCall(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /^(?:\w+\.)?print\(\)$/.test(node.getText());
}

/** A name near to one that the package exports, such as `redis.Print`: it is undefined. */
function misnamedExport(source: Source, argument: ts.Expression) {
  if (!ts.isPropertyAccessExpression(argument)) return undefined;
  const whole = argument.expression.getText();
  const name = argument.name.text;
  if (defaultImport(source, 'redis') !== whole || exportsOf('redis').includes(name))
    return undefined;
  const near = nearest(name, exportsOf('redis'));
  if (near === undefined) return undefined;
  return {
    message: `The package has no ${quote(name)}: ${argument.getText()} is undefined, so the command has no callback.`,
    next: `Write ${whole}.${near}: capitals count.`,
  };
}

/** A command that only reads, whose answer nobody gets. */
function unanswered(source: Source): Told | undefined {
  const call = clientCalls(source).find(
    (one) => isReading(one) && hasNoCallback(one) && ts.isExpressionStatement(one.node.parent),
  );
  if (!call) return undefined;
  const { client, method, line } = call;
  return {
    message: `${client}.${method}() has no callback, so nobody gets what Redis answers.`,
    next: 'Hand it a function as its last argument, and print there what it gets: (error, reply) => console.log(reply).',
    line,
  };
}
