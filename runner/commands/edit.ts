import { spawn } from 'node:child_process';
import path from 'node:path';
import { UsageFault } from '../course/fault';
import { lookUp } from '../course/lookup';
import { findFile } from '../course/workspace';
import { takingInterrupts } from './interrupt';
import type { ExitCode, Session } from './session';

/** `edit N`: opens the learner's file in their own editor. */
export async function edit(session: Session, word: string): Promise<ExitCode> {
  const { lesson, file: named } = lookUp(session.lessons, word);
  const name = named ?? lesson.files[0] ?? '';
  const file = findFile(lesson, session.workspace.folder, name);
  if (file === undefined || name === 'dump.rdb') {
    throw new UsageFault(`Lesson ${lesson.number} has no file of yours to open.`);
  }
  await openEditor(session, file);
  return 0;
}

/**
 * Opens a file in the editor of $VISUAL, of $EDITOR, or, in the terminal of VS Code, in that; and
 * waits for an editor that is itself in the terminal.
 * @param line where to put the cursor, from 1
 * @throws UsageFault where there is no editor, or it does not start
 */
export async function openEditor(session: Session, file: string, line?: number): Promise<void> {
  const words = editorWords(session.env);
  if (!words) {
    throw new UsageFault(
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
  const chosen = env.VISUAL || env.EDITOR || (env.TERM_PROGRAM === 'vscode' ? 'code' : '');
  const words = chosen.match(/"[^"]*"|\S+/g)?.map((word) => word.replace(/^"(.*)"$/, '$1'));
  return words && words.length > 0 ? words : undefined;
}

/** How an editor is told the file and the line. */
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
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      stdio: 'inherit',
      // `code` is a script there.
      shell: process.platform === 'win32',
    });
    child.once('error', () =>
      reject(
        new UsageFault(`The editor "${program}" does not start.`, 'Set EDITOR to the one you use.'),
      ),
    );
    child.once('exit', () => resolve());
  });
}
