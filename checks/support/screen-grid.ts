import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Streams } from '../../runner/commands/session';

/** A terminal without a process behind it: takes what is written, and knows what stands on it. */
export class ScreenGrid extends EventEmitter {
  readonly isTTY = true;
  /** The screen after each write, in order: what an eye could have caught. */
  readonly pictures: string[] = [];
  readonly input = Object.assign(new PassThrough(), { isTTY: true, setRawMode() {} });
  /** Rows that a line of text ran over, cut in the middle of a word. */
  readonly cut: string[] = [];
  #rows: string[];
  #row = 0;
  #column = 0;

  constructor(
    readonly columns = 80,
    readonly rows = 24,
  ) {
    super();
    this.#rows = Array.from({ length: rows }, () => '');
  }

  /** Keyboard and screen for a session; remarks beside the screen go nowhere. */
  get streams(): Streams {
    const errors = new PassThrough().resume();
    // A session takes Node's own streams; of those it uses what is here.
    return { input: this.input, output: this, errors } as unknown as Streams;
  }

  get text(): string {
    return this.#rows.map((row) => row.trimEnd()).join('\n');
  }

  write(chunk: string): boolean {
    for (const [piece] of chunk.matchAll(/\x1b\][^\x07]*\x07|\x1b\[[?0-9;]*[A-Za-z]|[^\x1b]/gu)) {
      this.#take(piece);
    }
    this.pictures.push(this.text);
    this.emit('picture');
    return true;
  }

  /** Waits until the screen shows what is expected. @returns the screen then */
  async shows(expected: RegExp): Promise<string> {
    while (!expected.test(this.text)) {
      await new Promise((resolve) => this.once('picture', resolve));
    }
    return this.text;
  }

  #take(piece: string): void {
    if (piece === '\r') this.#column = 0;
    else if (piece === '\n') this.#feed();
    else if (piece === '\x1b[H') [this.#row, this.#column] = [0, 0];
    else if (piece === '\x1b[K') this.#cut();
    else if (piece === '\x1b[J') {
      this.#cut();
      this.#rows.fill('', this.#row + 1);
    } else if (!piece.startsWith('\x1b')) this.#put(piece);
  }

  #put(letter: string): void {
    if (this.#column >= this.columns) {
      this.cut.push(this.#rows[this.#row] ?? '');
      this.#column = 0;
      this.#feed();
    }
    const row = (this.#rows[this.#row] ?? '').padEnd(this.#column);
    this.#rows[this.#row] = row.slice(0, this.#column) + letter + row.slice(this.#column + 1);
    this.#column += 1;
  }

  #feed(): void {
    this.#row += 1;
    if (this.#row < this.rows) return;
    this.#row -= 1;
    this.#rows = [...this.#rows.slice(1), ''];
  }

  #cut(): void {
    this.#rows[this.#row] = (this.#rows[this.#row] ?? '').slice(0, this.#column);
  }
}
