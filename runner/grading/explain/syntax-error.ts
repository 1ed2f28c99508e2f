import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { refusalOf } from '../../babel.cjs';
import { kindOf } from '../../compile.cjs';
import type { ErrorEvent } from '../../sandbox/process/program';
import type { CourseTerms } from '../course-terms';
import { quote } from '../finding';
import { Source } from '../source/requirements';
import type { Finding } from '../verdict';
import { explainRefusal } from './early-errors';
import { explainPackageJson } from './package-json';
import { syntaxProgram } from './syntax-program';

/** Whether the error says that a file cannot be read; `JSON.parse` throws the same kind. */
export function isSyntaxError(error: ErrorEvent): boolean {
  if (error.name === 'TSError' || explainPackageJson(error.message)) return true;
  return error.name === 'SyntaxError' && !/^\s*at JSON\.parse/m.test(error.stack ?? '');
}

/**
 * Where a file cannot be read, and why.
 * @param file the learner's, absolute
 */
export function explainSyntax(
  error: ErrorEvent,
  file: string,
  { reader }: Pick<CourseTerms, 'reader'>,
): Finding {
  const folder = explainPackageJson(error.message);
  if (folder) return folder;
  const culprit = fileOf(error, file);
  const stray = strayAwait(culprit, reader);
  const fault = firstFault(culprit) ?? placeOf(error);
  if (stray && (!fault || fault.line >= stray.line)) return stray;
  const text = readFileSync(culprit, 'utf8');
  const known = fault && leftover(text, fault);
  const line = known?.line ?? fault?.line;
  const place = line === undefined ? '' : ` in line ${line}`;
  return {
    class: 'syntax-error',
    message: `${path.basename(culprit)} cannot be read${place}: ${known?.message ?? fault?.message ?? firstLine(error.message)}`,
    next: known?.next ?? fault?.next ?? missing(fault && lineText(text, fault.line)),
    ...(line !== undefined && culprit === file ? { line } : {}),
  };
}

function missing(text: string | undefined): string {
  const where = text ? quote(text) : 'that line';
  return `Look at ${where} and the line above it: a bracket, a quote or a comma is missing or too many.`;
}

/** What was pasted with the code and is none: a conflict's marks, a fence of Markdown, curly quotes. */
function leftover(
  text: string,
  { line, code, character }: Fault,
): { line: number; message: string; next: string } | undefined {
  if (code === conflictMarker) {
    return {
      line,
      message: 'two versions of it stand there, with the marks of a merge conflict.',
      next: 'Keep one of the two and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.',
    };
  }
  const fence = text.split('\n').findIndex((one) => /^\s*```/.test(one)) + 1;
  if (fence > 0 && fence <= line) {
    return {
      line: fence,
      message: 'a fence of Markdown stands there.',
      next: 'Delete that line, and the one that closes it: they are no code.',
    };
  }
  if (code !== invalidCharacter || character === undefined) return undefined;
  const curly = /[‘’‚“”„]/.test(character);
  return {
    line,
    message: curly ? `the quote ${character} is a curly one.` : `${quote(character)} is no code.`,
    next: curly
      ? 'Type the straight \' or " in its place, at both ends of the text.'
      : 'Delete it, and type anew what belongs there.',
  };
}

/** TypeScript's numbers for what it finds. */
const conflictMarker = 1185;
const invalidCharacter = 1127;

/** An `await` where there can be none; at the top level only the folder's kind decides. */
function strayAwait(
  file: string,
  reader: CourseTerms['reader'],
): (Finding & { line: number }) | undefined {
  const source = new Source(file);
  const stray = source.strayAwait(kindOf(file, source.text, reader) === 'module');
  if (!stray) return undefined;
  const where =
    reader === 'node'
      ? 'it may stand there only in a module, which imports in place of require()'
      : 'only a package.json with "type": "module" lets it stand there';
  return {
    class: 'syntax-error',
    message: stray.top
      ? `In line ${stray.line} “await” stands at the top level of the file, outside of any function.`
      : `In line ${stray.line} “await” stands outside of an async function.`,
    next: stray.top
      ? `Put it into an async function and call that; ${where}.`
      : 'Write async before the function around it.',
    line: stray.line,
  };
}

/** Another file than the one that was started, where the error names one. */
function fileOf(error: ErrorEvent, file: string): string {
  const text = `${error.message}\n${error.stack ?? ''}`;
  const [named] =
    /[^\s()'"][^\n()]*\.[cm]?[jt]s(?=\(\d+,\d+\): error TS|:\d+$|: .*\(\d+:\d+\)$)/m.exec(text) ??
    [];
  if (named === undefined || path.basename(named) === path.basename(file)) return file;
  const beside = path.resolve(path.dirname(file), path.basename(named));
  return [path.resolve(named), beside].find((one) => existsSync(one)) ?? file;
}

interface Fault {
  line: number;
  message: string;
  next?: string | undefined;
  /** TypeScript's number of it. */
  code?: number;
  /** The one that it begins at. */
  character?: string | undefined;
}

/** The first fault of the grammar, and after it what Babel refuses before anything runs. */
function firstFault(file: string): Fault | undefined {
  const { program, source } = syntaxProgram(file);
  if (!source) return undefined;
  const [unparsed] = program.getSyntacticDiagnostics(source);
  if (unparsed) return faultAt(source, unparsed);
  const refusal = refusalOf(file, source.text);
  if (refusal) return { line: refusal.line, ...explainRefusal(refusal) };
  const [refused] = program.getSemanticDiagnostics(source).filter(({ code }) => isGrammar(code));
  return refused && faultAt(source, refused);
}

function faultAt(source: ts.SourceFile, { start, messageText, code }: ts.Diagnostic) {
  if (start === undefined) return undefined;
  return {
    line: source.getLineAndCharacterOfPosition(start).line + 1,
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
    code,
    character: source.text.at(start),
  };
}

/** TypeScript's numbers of four digits that begin with 1; those of modules and awaits have sentences of their own. */
function isGrammar(code: number): boolean {
  return code >= 1000 && code < 2000 && ![1208, 1308, 1375, 1378, 1432].includes(code);
}

/** ts-node names file, line, column and message: `x.ts(3,5): error TS1005: ';' expected.` */
function placeOf(error: ErrorEvent): Fault | undefined {
  const place = /\((\d+),\d+\): error TS\d+: (.*)/.exec(`${error.message}\n${error.stack ?? ''}`);
  return place ? { line: Number(place[1]), message: place[2] ?? '' } : undefined;
}

function lineText(text: string, number: number): string | undefined {
  const line = text.split('\n')[number - 1]?.trim();
  return line && line.length <= 80 ? line : undefined;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
