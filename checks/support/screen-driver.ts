import { execFileSync, spawnSync } from 'node:child_process';
import { course, start } from './command-line';

/** How long a screen may take to become what is expected, in milliseconds. */
const deadline = 20_000;

export interface ScreenOptions {
  home: string;
  columns?: number;
  rows?: number;
  env?: Record<string, string>;
  words?: string[];
  /** What Node is started with; this checkout's start.cjs without it. */
  script?: string;
  /** Where it is started. */
  cwd?: string;
  /** Started from the prompt of a shell, which has jobs: Ctrl-Z and `fg`. */
  fromShell?: boolean;
  /** A file for each byte that the workbook writes. */
  log?: string;
}

let count = 0;

/** The workbook in a terminal of its own, in tmux, driven by keys and read as text. */
export class DrivenScreen {
  readonly #socket = `workbook-test-${process.pid}-${++count}`;

  constructor({
    home,
    columns = 80,
    rows = 24,
    env = {},
    words = [],
    script = start,
    cwd = process.cwd(),
    fromShell = false,
    log,
  }: ScreenOptions) {
    const variables = { WORKBOOK_HOME: home, WORKBOOK_LESSONS: course, LC_ALL: 'C.UTF-8', ...env };
    const set = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const line = [
      'env',
      '-u',
      'NO_COLOR',
      '-u',
      'CI',
      // In a terminal of these the workbook opens a lesson's file.
      '-u',
      'TERM_PROGRAM',
      '-u',
      'ZELLIJ',
      ...set,
      process.execPath,
      script,
      ...words,
    ].map(quoted);
    // Not by a pipe of the workbook's, which would be no terminal: tmux itself writes them down.
    const go = log === undefined ? '' : 'read -r _; ';
    const shell = `${go}${line.join(' ')}; echo "[ended $?]"; stty -a | tr ';' '\\n' | grep -w -- icanon; exec cat`;
    const size = ['-x', String(columns), '-y', String(rows), '-c', cwd];
    const bash = 'exec bash --norc --noprofile -i';
    this.tmux('-f', '/dev/null', 'new-session', '-d', ...size, fromShell ? bash : shell);
    if (log !== undefined) {
      this.tmux('pipe-pane', `cat > ${quoted(log)}`);
      this.tmux('send-keys', 'Enter');
    }
    if (fromShell) this.tmux('send-keys', line.join(' '), 'Enter');
  }

  /** Sends keys by tmux's names: `Enter`, `C-c`, `Down`, or a letter. */
  press(...keys: string[]): void {
    this.tmux('send-keys', ...keys);
  }

  /** The screen as text; with its colours where they are asked for. */
  text(colours = false): string {
    return this.tmux('capture-pane', '-p', ...(colours ? ['-e'] : []));
  }

  /** Whether the cursor is shown. */
  get hasCursor(): boolean {
    return this.tmux('display-message', '-p', '#{cursor_flag}').trim() === '1';
  }

  /**
   * Waits until the screen shows what is expected.
   * @returns the screen then
   * @throws with the screen as it is, when that takes too long
   */
  async shows(expected: RegExp): Promise<string> {
    const end = Date.now() + deadline;
    for (;;) {
      const text = this.text();
      if (expected.test(text)) return text;
      if (Date.now() > end) throw new Error(`${expected} never came; there is:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  resize(columns: number, rows: number): void {
    this.tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  close(): void {
    spawnSync('tmux', ['-L', this.#socket, 'kill-server']);
  }

  private tmux(...words: string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...words], { encoding: 'utf8' });
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
