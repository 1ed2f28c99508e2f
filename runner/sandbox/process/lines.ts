import { StringDecoder } from 'node:string_decoder';

/** Cuts a stream of bytes into lines; the last one counts also without its line end. */
export class Lines {
  readonly #decoder = new StringDecoder('utf8');
  readonly #line: (text: string) => void;
  readonly #longest: number;
  #rest = '';

  /** @param longest characters of one line that are kept; the others are dropped */
  constructor(line: (text: string) => void, longest = longestLine) {
    this.#line = line;
    this.#longest = longest;
  }

  push(bytes: Buffer): void {
    const text = this.#decoder.write(bytes);
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#keep(text.slice(start, end));
      this.#flush();
      start = end + 1;
    }
    this.#keep(text.slice(start));
  }

  /** The text after the last line end so far. */
  get rest(): string {
    return this.#rest;
  }

  end(): void {
    this.#keep(this.#decoder.end());
    if (this.#rest !== '') this.#flush();
  }

  #keep(text: string): void {
    const room = this.#longest - this.#rest.length;
    this.#rest += text.length <= room ? text : text.slice(0, room);
  }

  #flush(): void {
    const line = this.#rest;
    this.#rest = '';
    this.#line(line);
  }
}

/** A megabyte on one line is more than anybody reads. */
const longestLine = 1024 * 1024;
