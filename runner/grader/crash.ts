import path from 'node:path';
import type { ErrorEvent, Program } from '../sandbox/program';
import { quote } from './finding';
import { awaitOutsideAsync } from './source';
import type { FailureClass, Finding } from './verdict';

interface Rule {
  /** Tried on `NAME: MESSAGE` of the error that ended the program. */
  pattern: RegExp;
  class: FailureClass;
  /** `$1` and so on stand for the pattern's groups. */
  message: string;
  next: string;
}

/** Raw errors to sentences; the first rule that fits is told. */
const rules: Rule[] = [
  {
    pattern: /Cannot find module '(\.[^']*)'/,
    class: 'missing-module',
    message: 'The file “$1” that this one imports is not there.',
    next: 'Check the name and the path of the import, and that the file lies beside this one.',
  },
  {
    pattern: /Cannot find module '([^']*)'/,
    class: 'missing-module',
    message: 'The package “$1” is not installed, here or in the workbook.',
    next: 'Check the spelling of the import; the course needs redis, kue and express.',
  },
  {
    pattern: /Cannot find package '([^']*)'/,
    class: 'missing-module',
    message: 'The package “$1” is not installed, here or in the workbook.',
    next: 'Check the spelling of the import; the course needs redis, kue and express.',
  },
  {
    pattern: /TypeError: (\S+)\.connect is not a function/,
    class: 'crash',
    message:
      '“$1.connect()” belongs to redis 4 and later; the client of redis 3 has no such function.',
    next: 'Take the call out: redis 3 connects by itself as soon as the client is created.',
  },
  {
    pattern: /ClientClosedError|The client is closed/,
    class: 'crash',
    message: 'The client of redis 4 was used before it was connected.',
    next: 'Call and await client.connect() first, or use redis 3 as the course does.',
  },
  {
    pattern: /TypeError: .*?(\w+?)(?:_\d+)?\.default\.(\w+) is not a (?:function|constructor)/,
    class: 'crash',
    message: '“$1” has no function “$2”.',
    next: 'Check the spelling, and whether it belongs to something that the module makes, such as a queue or a client.',
  },
  {
    pattern: /TypeError: .*?(\w+?)(?:_\d+)?\.default is not a (?:function|constructor)/,
    class: 'missing-export',
    message: 'The import of “$1” finds no default export there.',
    next: 'Use the form of import that fits the module: { name } for a named export.',
  },
  {
    pattern: /TypeError: \(0 , (\w+?)(?:_\d+)?\.(\w+)\) is not a function/,
    class: 'missing-export',
    message: 'The module “$1” exports no function “$2”.',
    next: 'Look at what the module exports, and at how the import is written.',
  },
  {
    pattern: /Cannot read propert(?:y|ies) .*'?internal_send_command'?/,
    class: 'crash',
    message:
      'A function of the client was taken out of it by “promisify” and no longer knows its client.',
    next: 'Bind it: promisify(client.get).bind(client).',
  },
  {
    pattern: /ReferenceError: (\S+) is not defined/,
    class: 'crash',
    message: 'The name “$1” is used, but nothing of that name is declared.',
    next: 'Check the spelling, and that it is imported or declared above.',
  },
  {
    pattern: /ReferenceError: Cannot access '([^']+)' before initialization/,
    class: 'crash',
    message: '“$1” is used before the line that declares it has run.',
    next: 'Move the declaration above the first use.',
  },
  {
    pattern: /Redis connection to \S+ failed - connect ECONNREFUSED|connect ECONNREFUSED \S+:6379/,
    class: 'redis-unreachable',
    message:
      'The program ended because Redis refused the connection and nothing listens for “error”.',
    next: 'Give the client a listener: client.on("error", …).',
  },
  {
    pattern: /EADDRINUSE.*?:(\d+)$/,
    class: 'crash',
    message: 'The program listens on port $1 twice.',
    next: 'Call listen once: look for a second server or a second call.',
  },
  {
    pattern: /(?:ERR_UNHANDLED_REJECTION|unhandledRejection)/,
    class: 'crash',
    message: 'A promise was rejected and nothing caught it.',
    next: 'Put the await into try … catch, or end the chain with .catch(…).',
  },
];

/**
 * Why a program ended, where it should not have.
 * @param file the learner's, where another program calls it
 * @returns nothing where it runs still, ended well, or was stopped by the check
 */
export function explainEnd(program: Program, file = program.file): Finding | undefined {
  const exit = program.exit;
  if (!exit || exit.by === 'stop') return undefined;
  if (exit.by === 'time') {
    return {
      class: 'time-out',
      message: `The program ${program.name} was still busy when its time was over.`,
      next: 'Look for a loop that never ends, or for something that it waits for in vain.',
    };
  }
  if (exit.by === 'output') {
    return {
      class: 'output-limit',
      message: `The program ${program.name} printed more than a megabyte and was stopped.`,
      next: 'Look for a loop that prints without end.',
    };
  }
  const [error] = program.errors;
  const text = program.output.map((line) => line.text).join('\n');
  if (exit.by === 'memory' || /JavaScript heap out of memory/.test(text)) {
    return {
      class: 'memory-limit',
      message: `The program ${program.name} used more memory than any task needs and was stopped.`,
      next: 'Look for something that grows in a loop, such as an array or a string.',
    };
  }
  if (error) return explainError(error, file);
  if (exit.code === 0) return undefined;
  const how = exit.signal ? `by the signal ${exit.signal}` : `with exit code ${exit.code}`;
  return {
    class: 'crash',
    message: `The program ${program.name} ended ${how}.`,
    next: 'Look at what it printed last, and for a call of process.exit.',
  };
}

function explainError(error: ErrorEvent, file: string): Finding {
  const raw = `${error.name}: ${error.message}`;
  const line = lineOf(error.stack, file);
  const place = line === undefined ? {} : { line };
  if (isSyntaxError(error)) return { ...place, ...explainSyntax(error, file) };
  const withOrigin = `${raw}\n${error.code ?? ''}\n${error.origin}`;
  const told =
    rules.find((rule) => rule.pattern.test(raw)) ??
    rules.find((rule) => rule.pattern.test(withOrigin));
  const groups = told?.pattern.exec(raw) ?? told?.pattern.exec(withOrigin);
  if (!told || !groups) {
    return {
      class: 'crash',
      message: `The program stopped with ${quote(firstLine(raw))}.`,
      next:
        line === undefined ? 'Look at what it printed last.' : `Look at line ${line} of the file.`,
      ...place,
    };
  }
  return {
    class: told.class,
    message:
      fill(told.message, groups) +
      (told.message.includes('A promise') ? ` It says ${quote(firstLine(error.message))}.` : ''),
    next: told.next,
    ...place,
  };
}

function isSyntaxError(error: ErrorEvent): boolean {
  return error.name === 'SyntaxError' || error.name === 'TSError';
}

/** ts-node names file, line, column and message: `x.ts(3,5): error TS1005: ';' expected.` */
function explainSyntax(error: ErrorEvent, file: string): Finding {
  const stray = awaitOutsideAsync(file);
  if (stray !== undefined) {
    return {
      class: 'syntax-error',
      message: `In line ${stray} “await” stands outside of an async function.`,
      next: 'Write async before the function around it; at the top level, put it into an async function and call that.',
      line: stray,
    };
  }
  const place = /\((\d+),\d+\): error TS\d+: (.*)/.exec(`${error.message}\n${error.stack ?? ''}`);
  return {
    class: 'syntax-error',
    message: `${path.basename(file)} cannot be read${place ? ` in line ${place[1]}` : ''}: ${place?.[2] ?? firstLine(error.message)}`,
    next: 'Look at that line and the one above it: a bracket, a quote or a comma is missing or too many.',
    ...(place ? { line: Number(place[1]) } : {}),
  };
}

/** The first place in the learner's own file that a stack names. */
function lineOf(stack: string | undefined, file: string): number | undefined {
  if (!stack) return undefined;
  const at = stack.indexOf(`${file}:`);
  if (at < 0) return undefined;
  const found = /^(\d+)/.exec(stack.slice(at + file.length + 1));
  return found ? Number(found[1]) : undefined;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function fill(template: string, groups: RegExpExecArray): string {
  return template.replace(/\$(\d)/g, (_, index) => groups[Number(index)] ?? '');
}
