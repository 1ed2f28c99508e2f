import ts from 'typescript';
import { lineOf } from '../../grading/explain/crash';
import { says } from '../../grading/explain/error-rules';
import { fail, type PlacedFinding, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import { matching } from '../../grading/source/pattern';
import type { Source } from '../../grading/source/requirements';
import type { Task } from '../../grading/task';
import type { ErrorEvent } from '../../sandbox/process/program';
import { expectRightUse } from './misuse';

type Told = Pick<PlacedFinding, 'message' | 'next' | 'line'>;

/**
 * As ProgramRun.expectNoCrash, for a program that works on jobs: it knows what a worker is given, and
 * what a job's data is.
 * @param fields what the data of the jobs has
 * @throws CheckFailure where it crashed or broke a limit
 */
export function expectNoWorkerCrash(
  task: Task,
  running: ProgramRun,
  fields: readonly string[],
): void {
  const [error] = running.program.errors;
  const told =
    error &&
    (wrongOrder(task.source, error) ??
      parsedData(task.source, error) ??
      unknownField(error, task.file, fields) ??
      missingField(error, lineOf(error.stack, task.file), fields));
  if (told) fail({ class: 'crash', ...told });
  expectRightUse(task, running);
  running.expectNoCrash();
}

/** A worker that takes `done` first. */
function wrongOrder(source: Source, { name }: ErrorEvent): Told | undefined {
  if (name !== 'TypeError') return undefined;
  const worker = source.nodes.find(
    (node): node is ts.ArrowFunction | ts.FunctionExpression =>
      (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) &&
      ts.isCallExpression(node.parent) &&
      /\.process$/.test(node.parent.expression.getText()) &&
      node.parameters.length > 1 &&
      /^(?:done|cb|callback)$/.test(node.parameters[0]?.name.getText() ?? ''),
  );
  if (!worker) return undefined;
  const order = worker.parameters.map((one) => one.name.getText()).join(', ');
  return {
    message: `The function of queue.process() is called with the job first and done second; this one takes (${order}).`,
    next: 'Change the places of its two parameters.',
    line: source.lineOf(worker),
  };
}

/** `JSON.parse(job.data)` */
function parsedData(source: Source, { name }: ErrorEvent): Told | undefined {
  const [parsing] = name === 'SyntaxError' ? matching(source, 'JSON.parse($.data)') : [];
  return (
    parsing && {
      message:
        'The data of a job is no JSON text: kue hands over the object that the job was created with.',
      next: 'Take JSON.parse() away, and read the fields from the data itself.',
      line: source.lineOf(parsing),
    }
  );
}

/** A field of the data is used as if it were a variable. */
export function unknownField(
  { message, stack }: ErrorEvent,
  file: string,
  fields: readonly string[],
): Told | undefined {
  const [, name] = /^(\w+) is not defined$/.exec(message) ?? [];
  if (name === undefined || !fields.includes(name)) return undefined;
  return {
    message: `${quote(name)} is no variable where the program uses it: it is a field of the job’s data.`,
    next: `Read it from there: job.data.${name}.`,
    line: lineOf(stack, file),
  };
}

/** A field of the data is read from something that is not there. */
function missingField(
  { message }: ErrorEvent,
  line: number | undefined,
  fields: readonly string[],
): Told | undefined {
  const [, read] =
    says.readOfUndefined.exec(message) ??
    /^Cannot destructure property '(\w+)'/.exec(message) ??
    [];
  if (read === undefined || !fields.includes(read)) return undefined;
  return {
    message: `${quote(read)} is read from something that holds nothing; it is a field of job.data itself.`,
    next: `Read it there: job.data.${read}.`,
    line,
  };
}
