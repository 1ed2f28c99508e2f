import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { findFile } from '../course/folder/workspace';
import { isSnapshot, type Lesson } from '../course/lesson';
import { UsageError } from '../course/usage-error';
import { errorReport } from '../report/terminal/error-report';
import type { Session, Streams } from './session';
import { startWords } from './start-words';

/** The lessons whose file each start of the workbook has opened. */
const opened = new WeakMap<Streams, Set<Lesson>>();

/**
 * Opens a lesson's file beside the workbook, once in a start: with --edit-cmd by that; else in VS Code
 * or one of its kin where the terminal is theirs, or in a pane of Zellij; with --no-edit not at all. It
 * waits for nothing; what goes wrong is a remark.
 */
export function openLessonBeside(session: Session, lesson: Lesson): void {
  const { edit = true } = session.options;
  const name = lesson.files.find((one) => !isSnapshot(lesson, one));
  const lessons = opened.get(session.streams) ?? new Set();
  if (!edit || name === undefined || lessons.has(lesson)) return;
  opened.set(session.streams, lessons.add(lesson));
  const file = findFile(lesson, session.workspace.folder, name);
  const words = file && besideWords(session, file);
  if (!words) return;
  startBeside(session, words).catch((error: unknown) => {
    const { message, next } = errorReport(error);
    session.note(`${message} ${next}`);
  });
}

/**
 * How a file is opened beside the workbook.
 * @param line where to put the cursor, from 1
 * @returns nothing where it is not known how
 */
export function besideWords({ options, env }: Session, file: string, line?: number) {
  if (options.editCmd) return filledIn(options.editCmd, file, line);
  const code = codeProgram(env);
  if (code !== undefined) {
    const place = line === undefined ? [file] : ['--goto', `${file}:${line}`];
    return [code, '--reuse-window', ...place];
  }
  if (!env.ZELLIJ) return undefined;
  return ['zellij', 'edit', ...(line === undefined ? [] : ['--line-number', String(line)]), file];
}

/**
 * Starts a program that brings a window or a pane of its own, and leaves it; that it ends badly is a remark.
 * @throws UsageError where it does not start
 */
export function startBeside(
  session: Session,
  [program = '', ...rest]: readonly string[],
): Promise<void> {
  const { command, args, shell } = startWords(program, rest, process.platform);
  const { env } = session;
  // In a group of its own: a Ctrl-C at the workbook is not meant for the editor.
  const child = spawn(command, args, { env, shell, stdio: 'ignore', detached: true });
  child.unref();
  child.once('exit', (code) => {
    if (code) session.note(`"${program}" ended with ${code}: your file may not be open.`);
  });
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', () =>
      reject(
        new UsageError(
          `"${program}" does not start, so your file is not opened.`,
          'Name another command with --edit-cmd, or leave that out; --no-edit opens nothing.',
        ),
      ),
    );
  });
}

/**
 * The program that opens files in the editor whose terminal this is: VS Code or one of its kin, which
 * all call themselves so.
 * @returns nothing in another terminal, or where it is not on PATH
 */
export function codeProgram(env: NodeJS.ProcessEnv): string | undefined {
  if (env.TERM_PROGRAM !== 'vscode') return undefined;
  const own = `${env.VSCODE_GIT_ASKPASS_NODE} ${env.VSCODE_GIT_ASKPASS_MAIN}`.toLowerCase();
  const isOwn = (name: string) =>
    own.includes(name.replace('code-', '')) || (name === 'cursor' && 'CURSOR_TRACE_ID' in env);
  const likeliest = [...kin.filter(isOwn), 'code', ...kin];
  return likeliest.find((name) => isOnPath(name, env));
}

const kin = ['code-insiders', 'codium', 'cursor', 'windsurf'];

function filledIn(words: readonly string[], file: string, line = 1): string[] {
  const filled = words.map((word) =>
    word.replaceAll('{file}', () => file).replaceAll('{line}', String(line)),
  );
  return words.some((word) => word.includes('{file}')) ? filled : [...filled, file];
}

function isOnPath(name: string, { PATH = '' }: NodeJS.ProcessEnv): boolean {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  return PATH.split(path.delimiter).some((folder) =>
    names.some((one) => isExecutable(path.join(folder, one))),
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
