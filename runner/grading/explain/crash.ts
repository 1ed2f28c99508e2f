import ts from 'typescript';
import type { ErrorEvent, Program } from '../../sandbox/process/program';
import { type CourseTerms, neededPackages, taughtClient } from '../course-terms';
import { type NextStep, type Place, type PlacedFinding, quote } from '../finding';
import { Source } from '../source/requirements';
import { Syntax } from '../source/syntax';
import { explainAbsentDefault } from './absent-default';
import { explainClosedClient } from './closed-client';
import { type ErrorRule, errorRules, says } from './error-rules';
import { explainImport } from './import-error';
import { howToInstall } from './installation';
import { explainMissingMethod, nextForFunction } from './missing-method';
import { nextForModule, specifierOf } from './missing-module';
import { nextForIteration, sourceOfUndefined } from './missing-value';
import { explainInsidePackage } from './package-error';
import { promising, redisPackage } from './redis-version';
import { explainSyntax, isSyntaxError } from './syntax-error';
import { explainUndeclared, nextForExport } from './undeclared-name';

/**
 * Why a program ended, where it should not have.
 * @param file the learner's, where another program calls it
 * @returns nothing where it runs still, ended well, or was stopped by the check
 */
export function explainEnd(
  program: Program,
  course: CourseTerms,
  file = program.file,
): PlacedFinding | undefined {
  const exit = program.exit;
  if (!exit || exit.by === 'stop') return undefined;
  if (exit.by === 'time') {
    return {
      class: 'time-out',
      message: `The program ${program.name} was still busy when its time was over.`,
      next: 'Look for a loop that never ends, or for something that it waits for in vain.',
    };
  }
  if (exit.by === 'forgery') return forgedReport(program.name);
  const [error] = program.errors;
  // An error whose text is endless is still the reason.
  if (exit.by === 'output' && !error) {
    return {
      class: 'output-limit',
      message: `The program ${program.name} printed far more than any task asks for and was stopped.`,
      next: 'Look for a loop that prints without end.',
    };
  }
  if (exit.by === 'commands') {
    return {
      class: 'output-limit',
      message: `The program ${program.name} sent Redis more commands than any task needs and was stopped.`,
      next: 'Look for a loop that sends commands without end.',
    };
  }
  if (exit.by === 'channel') {
    return {
      class: 'crash',
      message: `The program ${program.name} wrote to or closed descriptor 3 or 4, by which the workbook follows it.`,
      next: 'Leave the descriptors alone that the program did not open itself.',
    };
  }
  const text = program.output.map((line) => line.text).join('\n');
  if (exit.by === 'memory' || says.outOfMemory.test(text)) {
    return {
      class: 'memory-limit',
      message: `The program ${program.name} used more memory than any task needs and was stopped.`,
      next: 'Look for something that grows in a loop, such as an array or a string.',
    };
  }
  const absent = explainAbsentDefault(new Source(file), course);
  if (error) {
    return (
      (says.ofUndefined.test(error.message) && absent) || explainError(error, { file, course })
    );
  }
  if (exit.code === 0) return undefined;
  // Its own catch keeps the error to itself.
  if (absent) return absent;
  const how = exit.signal ? `by the signal ${exit.signal}` : `with exit code ${exit.code}`;
  return {
    class: 'crash',
    message: `The program ${program.name} ended ${how}.`,
    next: 'Look at what it printed last, and for a call of process.exit.',
  };
}

/** What is said of a program that has written what only its own side of the sandbox may write. */
export function forgedReport(name: string): PlacedFinding {
  return {
    class: 'forged-report',
    message: `The program ${name} writes to the line by which the workbook watches it, in the words of the workbook.`,
    next: 'Take out what writes to descriptor 3: the workbook sees by itself what the program does.',
  };
}

/** Whether the error that ended a program is Redis's refusal of a command. */
export function endedByRefusal({ errors: [error] }: Program): boolean {
  return error !== undefined && ruleFor(error)?.rule.refusal === true;
}

/**
 * What an error means, where a rule has words of its own for it: such as one that a program has
 * caught and printed.
 * @param raw its name, a colon and its message
 * @param file the learner's
 */
export function explainRaw(
  raw: string,
  file: string,
  course: CourseTerms,
): PlacedFinding | undefined {
  const absent = says.ofUndefined.test(raw) && explainAbsentDefault(new Source(file), course);
  if (absent) return absent;
  const found = firstRule(raw);
  if (!found) return undefined;
  const { rule, groups } = found;
  const written = { file, course };
  return {
    class: 'wrong-output',
    message:
      rule.message === undefined
        ? `The program prints an error that it has caught: ${quote(raw)}.`
        : fill(rule.message, groups, written),
    next: nextFor(rule, groups, written),
    ...meant(rule, groups, undefined, written),
    at: rule.at ?? namedIn(rule, groups, file),
  };
}

/** The learner's file, and the course that it belongs to. */
interface Written {
  file: string;
  course: CourseTerms;
}

function explainError(error: ErrorEvent, written: Written): PlacedFinding {
  const { file } = written;
  if (isSyntaxError(error)) return explainSyntax(error, file, written.course);
  // The name of an Error begins with a capital letter; of other values it is the type.
  if (/^[a-z]/.test(error.name)) {
    return {
      class: 'crash',
      message: `The program threw ${quote(firstLine(error.message))}, which is no Error and does not tell where it comes from.`,
      next: 'Throw new Error("…"), or look for what throws such a value.',
    };
  }
  const raw = `${error.name}: ${error.message}`;
  const line = lineOf(error.stack, file);
  const place = line === undefined ? {} : { line };
  const found = ruleFor(error);
  const plain = `The program stopped with ${quote(firstLine(raw))}.`;
  const inside = insidePackage(error, file);
  if (inside) return { class: 'crash', ...inside, ...place };
  if (!found) {
    const next = line === undefined ? 'what it printed last' : `line ${line} of the file`;
    return { class: 'crash', message: plain, next: `Look at ${next}.`, ...place };
  }
  const { rule, groups } = found;
  const message = fill(rule.message ?? plain, groups, written).replace('$raw', () =>
    firstLine(error.message),
  );
  const at = rule.at ?? namedIn(rule, groups, file);
  const finding: PlacedFinding = {
    class: rule.class,
    message,
    next: nextFor(rule, groups, written),
    ...(at ? { at } : {}),
    // Where it is called is not where it should be bound.
    ...(rule.unbound ? {} : place),
    ...meant(rule, groups, line, written),
  };
  const byImport = explainImport(error.message, line, written);
  // The import is what is wrong, not the line that stumbles over it.
  const { line: _, ...placed } = finding;
  return byRedis(error, written, finding) ?? (byImport ? { ...placed, ...byImport } : finding);
}

/** What an error means whose name is a package's own; nothing for any other. */
export function insidePackage(error: ErrorEvent, file: string) {
  const found = ruleFor(error);
  const isOfName = found ? found.rule.ofName : /^(?:Type|Range|Reference)Error$/.test(error.name);
  const raw = firstLine(`${error.name}: ${error.message}`);
  return isOfName ? explainInsidePackage(error.stack, raw, file) : undefined;
}

/**
 * The next step for an error that a program caught, where it is one that is known.
 * @param raw `NAME: MESSAGE`
 */
export function ruleNext(raw: string, file: string, course: CourseTerms): NextStep | undefined {
  const found = firstRule(raw);
  return found && nextFor(found.rule, found.groups, { file, course });
}

function nextFor(rule: ErrorRule, groups: RegExpExecArray, written: Written): NextStep {
  const [, name = ''] = groups;
  const better = rule.class === 'missing-module' ? nextForModule(name, written) : undefined;
  return better ?? filledStep(rule, rule.next, groups, written);
}

function filledStep(
  rule: ErrorRule,
  step: NextStep,
  groups: RegExpExecArray,
  written: Written,
): NextStep {
  if (typeof step !== 'string') {
    const { says, unless, otherwise } = step;
    return {
      says: fill(says, groups, written),
      unless,
      otherwise: filledStep(rule, otherwise, groups, written),
    };
  }
  const next = fill(step, groups, written);
  const unbound = () => unboundIn(written.file) ?? 'client.get';
  return rule.unbound ? next.replace(/client\.\w+/, unbound) : next;
}

/** The method of a client that promisify gets in a file, without a bind behind it. */
function unboundIn(file: string): string | undefined {
  const { nodes } = new Syntax(file);
  const unbound = nodes.find(
    (node) =>
      ts.isCallExpression(node) &&
      /\bpromisify$/.test(node.expression.getText()) &&
      !ts.isPropertyAccessExpression(node.parent) &&
      /^\w+\.\w+$/.test(node.arguments[0]?.getText() ?? ''),
  );
  return unbound && ts.isCallExpression(unbound) ? unbound.arguments[0]?.getText() : undefined;
}

/** Errors that another version of redis explains than the course's. */
function byRedis(
  error: ErrorEvent,
  { file, course }: Written,
  finding: PlacedFinding,
): PlacedFinding | undefined {
  const redis = redisPackage(file);
  const { version, declared, declaredMajor = 0 } = redis;
  if (redis.major >= promising && says.noDefaultClient.test(error.message)) {
    return {
      ...finding,
      class: 'missing-export',
      message: `redis ${version} has no default export: the import finds nothing there.`,
      next: "Write import { createClient } from 'redis'.",
    };
  }
  const connects = says.noConnect.test(error.message);
  if (connects && !redis.own && declaredMajor >= promising) {
    return {
      ...finding,
      next: `package.json asks for redis ${declared}, but it is not installed: ${howToInstall(file)}; or use ${taughtClient(course)} as the course does.`,
    };
  }
  return undefined;
}

/** What the file shows of a name that is not there, if the rule is about one. */
function meant(
  { names }: ErrorRule,
  [, first = '', second = '']: RegExpExecArray,
  line: number | undefined,
  { file }: Written,
): Partial<PlacedFinding> | undefined {
  if (names === 'variable') return explainUndeclared(first, line, file);
  if (names === 'client') return explainClosedClient(line, file);
  if (names === 'method') return explainMissingMethod(first, line, file);
  if (names === 'command' && second !== 'null') return sourceOfUndefined(first.toLowerCase(), file);
  const next = nextForName(names, first, second, file);
  return next === undefined ? undefined : { next };
}

function nextForName(
  names: ErrorRule['names'],
  first: string,
  second: string,
  file: string,
): string | undefined {
  if (names === 'function') return nextForFunction(specifierOf(first, file), second);
  if (names === 'export') return nextForExport(specifierOf(first, file), second);
  if (names === 'iterated') return nextForIteration(first, file);
  return names === 'command'
    ? 'Redis answers null where it has no such key: look whether the value is there before it is sent.'
    : undefined;
}

/** What an import asked for in vain, or the command that a client would not send, if the rule is about that. */
function namedIn(rule: ErrorRule, groups: RegExpExecArray, file: string): Place | undefined {
  if (rule.names === 'command') return { calls: [(groups[1] ?? '').toLowerCase()] };
  if (rule.class !== 'missing-export') return undefined;
  return { names: groups.slice(1).map((name) => specifierOf(name, file)) };
}

/** The rule for an error: by its name and message, or else by its code and its origin as well. */
function ruleFor({ name, message, code, origin }: ErrorEvent) {
  const raw = `${name}: ${message}`;
  return firstRule(raw) ?? firstRule(`${raw}\n${code ?? ''}\n${origin}`);
}

function firstRule(text: string): { rule: ErrorRule; groups: RegExpExecArray } | undefined {
  for (const rule of errorRules) {
    const groups = rule.pattern.exec(text);
    if (groups) return { rule, groups };
  }
  return undefined;
}

/** The first place in the learner's own file that a stack names. */
export function lineOf(stack: string | undefined, file: string): number | undefined {
  if (!stack) return undefined;
  const at = stack.indexOf(`${file}:`);
  if (at < 0) return undefined;
  const found = /^(\d+)/.exec(stack.slice(at + file.length + 1));
  return found ? Number(found[1]) : undefined;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/**
 * Groups in place of their numbers, a name that the compiler made for an import as it is written; and
 * the course's facts in place of `$needed` and `$taught`.
 */
function fill(template: string, groups: RegExpExecArray, { file, course }: Written): string {
  return template
    .replace('$needed', () => listed(neededPackages(course)))
    .replace('$taught', () => taughtClient(course))
    .replace(/\$(\d)/g, (_, index) => specifierOf(groups[Number(index)] ?? '', file));
}

/** Such as `redis, kue and express`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
