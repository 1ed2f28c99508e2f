import { spawn } from 'node:child_process';
import path from 'node:path';
import { findFile } from '../course/folder/workspace';
import { isSnapshot } from '../course/lesson';
import { UsageError } from '../course/usage-error';
import { takingInterrupts } from './interrupt';
import { besideWords, codeProgram, startBeside } from './open-beside';
import type { ExitCode, Session } from './session';
import { shellWords } from './shell-words';
import { startWords } from './start-words';

/** `edit N`: opens the learner's file in their own editor. */
export async function edit(session: Session, word: string): Promise<ExitCode> {
  const { lesson, file: named } = session.find(word);
  const name = named ?? lesson.files[0] ?? '';
  const file = findFile(lesson, session.of(lesson).workspace.folder, name);
  if (file === undefined || isSnapshot(lesson, name)) {
    throw new UsageError(`Lesson ${session.addressOf(lesson)} has no file of yours to open.`);
  }
  await openEditor(session, file);
  return 0;
}

/**
 * Opens a file by --edit-cmd, in the editor of $VISUAL, of $EDITOR, or, in the terminal of VS Code, in
 * that; and waits for an editor that is itself in the terminal.
 * @param line where to put the cursor, from 1
 * @throws UsageError where there is no editor, or it does not start
 */
export async function openEditor(session: Session, file: string, line?: number): Promise<void> {
  const beside = session.options.editCmd && besideWords(session, file, line);
  if (beside) return startBeside(session, beside);
  const words = editorWords(session.env);
  if (!words) {
    throw new UsageError(
      `Your file is ${file}.`,
      'Open it in your editor. To have it opened from here, name the editor in EDITOR, such as EDITOR=nano.',
    );
  }
  const [program = '', ...rest] = [...words, ...placeWords(words[0] ?? '', file, line)];
  // A Ctrl-C while the editor has the terminal is meant for the editor.
  await takingInterrupts(session.signal, () => started(program, rest));
}

/** The editor that the learner has chosen, as words. */
export function editorWords(env: NodeJS.ProcessEnv): string[] | undefined {
  const ofTerminal = env.TERM_PROGRAM === 'vscode' ? (codeProgram(env) ?? 'code') : '';
  const words = shellWords(env.VISUAL || env.EDITOR || ofTerminal);
  return words && words.length > 0 ? words : undefined;
}

/** The words by which an editor takes the file and the line. */
export function placeWords(program: string, file: string, line?: number): string[] {
  if (line === undefined) return [file];
  const name = path.basename(program).replace(/\.(exe|cmd)$/i, '');
  if (/^(code|code-insiders|codium|cursor|windsurf)$/.test(name)) return ['-g', `${file}:${line}`];
  if (/^(subl|zed|hx|helix)$/.test(name)) return [`${file}:${line}`];
  if (/^(g?vim?|nvim|view|nano|pico|emacs|emacsclient|micro|kak|joe|mg)$/.test(name)) {
    return [`+${line}`, file];
  }
  return [file];
}

function started(program: string, words: string[]): Promise<void> {
  const { platform } = process;
  const { command, args, shell } = startWords(program, words, platform);
  return new Promise((resolve, reject) => {
    const fail = () =>
      reject(
        new UsageError(`The editor "${program}" does not start.`, 'Set EDITOR to the one you use.'),
      );
    const child = spawn(command, args, { stdio: 'inherit', shell });
    child.once('error', fail);
    // The shell of Windows starts well without the program, and reports it by these codes.
    child.once('exit', (code) => (shell && (code === 1 || code === 9009) ? fail() : resolve()));
  });
}
