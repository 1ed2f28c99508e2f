import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { Terminal } from '@xterm/headless';
import type { Streams } from '../../runner/commands/session';

/** A terminal without a process behind it: takes what is written, and knows what stands on it. */
export class ScreenGrid extends EventEmitter {
  readonly isTTY = true;
  /** The screen after each write, in order: what an eye could have caught. */
  readonly pictures: string[] = [];
  readonly input = Object.assign(new PassThrough(), { isTTY: true, setRawMode() {} });
  /** Rows that a line of text ran over, cut in the middle of a word. */
  readonly cut: string[] = [];
  readonly #terminal: Terminal;

  constructor(
    readonly columns = 80,
    readonly rows = 24,
  ) {
    super();
    this.#terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  }

  /** Keyboard and screen for a session; remarks beside the screen go nowhere. */
  get streams(): Streams {
    const errors = new PassThrough().resume();
    // A session takes Node's own streams; of those it uses what is here.
    return { input: this.input, output: this, errors } as unknown as Streams;
  }

  get text(): string {
    return this.#lines.map((line) => line?.translateToString(true).trimEnd() ?? '').join('\n');
  }

  write(chunk: string): boolean {
    this.#terminal.write(chunk, () => {
      for (const [at, line] of this.#lines.entries()) {
        if (line?.isWrapped) this.cut.push(this.#lines[at - 1]?.translateToString() ?? '');
      }
      this.pictures.push(this.text);
      this.emit('picture');
    });
    return true;
  }

  /** Waits until the screen shows what is expected. @returns the screen then */
  async shows(expected: RegExp): Promise<string> {
    while (!expected.test(this.text)) {
      await new Promise((resolve) => this.once('picture', resolve));
    }
    return this.text;
  }

  get #lines() {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.rows }, (_, at) => active.getLine(active.viewportY + at));
  }
}
