/** The lines that were entered, for the arrow keys. */
export class PromptHistory {
  readonly #lines: string[] = [];
  #place = 0;
  /** What was typed before one went back. */
  #typed = '';

  add(line: string): void {
    if (line !== this.#lines.at(-1)) this.#lines.push(line);
    this.#place = this.#lines.length;
  }

  /** The line that a key leads to from the one that stands there; nothing if it leads nowhere. */
  at(key: string, typed: string): string | undefined {
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (step === undefined) return undefined;
    const place = this.#place + step;
    if (place < 0 || place > this.#lines.length) return undefined;
    if (this.#place === this.#lines.length) this.#typed = typed;
    this.#place = place;
    return this.#lines[place] ?? this.#typed;
  }
}
