import { StringDecoder } from 'node:string_decoder';

/** Cuts a stream of bytes into lines; the last one counts also without its line end. */
export class Lines {
  readonly #decoder = new StringDecoder('utf8');
  readonly #line: (text: string) => void;
  #rest = '';

  constructor(line: (text: string) => void) {
    this.#line = line;
  }

  push(bytes: Buffer): void {
    const parts = (this.#rest + this.#decoder.write(bytes)).split('\n');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#line(part);
  }

  /** The text after the last line end so far. */
  get rest(): string {
    return this.#rest;
  }

  end(): void {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    if (rest !== '') this.#line(rest);
  }
}
