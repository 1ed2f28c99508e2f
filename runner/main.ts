import { takeInterrupt } from './commands/interrupt';
import { optionsTakenByNpm } from './commands/npm-options';
import { perform } from './commands/program';
import { type ExitCode, Interruption, type Session } from './commands/session';
import { errorReport, errorText, exitCodeOf, lostOutput } from './report/terminal/error-report';
import { describeScreen, type Screen } from './report/terminal/screen';
import { assumeSize } from './report/terminal/size';
import { writeWhole } from './whole-output';

let words = process.argv.slice(2);
const shutdown = new AbortController();
let lastSignal = Number.NEGATIVE_INFINITY;

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    if (performance.now() - lastSignal < echo) return;
    lastSignal = performance.now();
    if (takeInterrupt(signal)) return;
    leave(signal, code);
  });
}
// Node would open itself to any debugger on this machine, and so to a program under check.
process.on('SIGUSR1', () => {});
writeWhole(process.stdout);
assumeSize(process.stdout);
assumeSize(process.stderr);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') return leaveWithoutOutput(error);
  // The reader of a pipe has gone (`npm start -- list | head`).
  if (!words.some((word) => endingInOrder.includes(word))) process.exit(0);
});
process.stderr.on('error', () => {});
process.on('uncaughtException', (error) => void end(failed(error)));
process.on('unhandledRejection', (error) => void end(failed(error)));

const streams = { input: process.stdin, output: process.stdout, errors: process.stderr };
start().then(end, (error) => end(failed(error)));

async function start(): Promise<ExitCode> {
  words = [...words, ...optionsTakenByNpm(process.env)];
  return perform(words, { streams, signal: shutdown.signal, menu, watch, open });
}

/** The menu where there is a terminal; otherwise the list, and how to go on. */
async function menu(session: Session): Promise<ExitCode> {
  const { input, output } = session.streams;
  if (!input.isTTY || !output.isTTY) return (await import('./commands/list')).list(session);
  // Looked for while the menu loads; the menu waits for the same answer, and reports an error.
  session.redis().catch(() => {});
  return (await import('./menu/menu')).menu(await sized(session));
}

/** A screen that takes keys where there is one and people look at it; otherwise one verdict below the other. */
async function watch(asked: Session, word: string | undefined): Promise<ExitCode> {
  const session = asked.options.problems ? asked : await sized(asked);
  const live = session.screen.live && session.streams.input.isTTY;
  if (!live || session.options.problems)
    return (await import('./commands/watch/watch')).watch(session, word);
  return (await import('./menu/watch')).watch(session, word);
}

/** In a small terminal everything is said in words, one below the other. */
async function sized(session: Session): Promise<Session> {
  return (await import('./menu/terminal')).plainIfSmall(session);
}

async function open(session: Session): Promise<ExitCode> {
  return (await import('./page/open')).open(session);
}

/** Standard error, also where the command line could not be understood. */
function screenOfErrors(): Screen {
  return describeScreen(process.stderr, process.env, words.includes('--plain'));
}

/** Says what went wrong, as a sentence; as JSON too where that was asked for. */
function failed(error: unknown): number {
  if (shutdown.signal.aborted) return exitCodeOfLeaving;
  if (error instanceof Interruption) return 130;
  const report = errorReport(error);
  process.stderr.write(forLog(errorText(report, screenOfErrors())));
  if (process.env.WORKBOOK_DEBUG && error instanceof Error) {
    process.stderr.write(`${error.stack}\n`);
  }
  if (words.includes('check') && words.includes('--json')) {
    const { jsonError } = require('./report/json') as typeof import('./report/json');
    process.stdout.write(`${JSON.stringify(jsonError(report), null, 2)}\n`);
  }
  return exitCodeOf(report);
}

/** An error may name a learner's files, whose names GitHub's runner is not to obey either. */
function forLog(text: string): string {
  if (process.env.GITHUB_ACTIONS !== 'true') return text;
  const { withoutCommands } =
    require('./report/github-commands') as typeof import('./report/github-commands');
  return withoutCommands(text);
}

/**
 * For how long a signal counts as the one before, in ms: a terminal sends Ctrl-C to every process, and
 * npm hands it on to the workbook once more. A learner who presses again is slower.
 */
const echo = 300;

let exitCodeOfLeaving = 130;

/** The first time everything is asked to end and tidy up; the second time, or after a while, it just ends. */
function leave(signal: string, code: number): void {
  if (shutdown.signal.aborted) process.exit(code);
  exitCodeOfLeaving = code;
  shutdown.abort(new Error(`ended by ${signal}`));
  setTimeout(() => process.exit(code), patience).unref();
}

/**
 * What goes on to its own end if nobody reads on: by their exit code the first ones say how the files were
 * graded, and a language server tidies up.
 */
const endingInOrder = ['check', 'report', 'class', 'lsp'];

/** What was written has not arrived whole, so nothing of it may count as success. */
function leaveWithoutOutput(error: NodeJS.ErrnoException): void {
  if (shutdown.signal.aborted) return;
  process.stderr.write(errorText(lostOutput(error), screenOfErrors()));
  leave('a lost output', 3);
}

/** How long tidying up may take after Ctrl-C, in milliseconds. */
const patience = 5000;

/** Ends once everything written has left; whatever still runs does not hold the workbook back. */
async function end(code: number): Promise<void> {
  const flushed = (stream: NodeJS.WriteStream) =>
    new Promise<void>((resolve) => stream.write('', () => resolve()));
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  // An error of the last piece is reported a turn later.
  await new Promise((resolve) => setImmediate(resolve));
  process.exit(shutdown.signal.aborted ? exitCodeOfLeaving : code);
}
