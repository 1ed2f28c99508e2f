/** Bytes of a string by their places, whichever way it is held. */
export interface Bytes {
  readonly length: number;
  /** 0 to 255; 0 beyond the end. */
  at(place: number): number;
}

/** A string that is kept as such, as bytes to read. */
export function bytesOf(text: string): Bytes {
  return {
    length: text.length,
    at: (place) => (place < text.length ? text.charCodeAt(place) : 0),
  };
}

/**
 * The one string of a database that is being changed a byte at a time. Strings of JavaScript cannot
 * be changed in place: setting each bit of a large one would copy it as a whole each time. So its
 * bytes stay here until somebody asks for the string.
 */
export class OpenString implements Bytes {
  #buffer: Buffer;
  #length: number;

  constructor(
    readonly key: string,
    text: string,
  ) {
    this.#buffer = Buffer.from(text, 'latin1');
    this.#length = text.length;
  }

  get length(): number {
    return this.#length;
  }

  at(place: number): number {
    return place < this.#length ? (this.#buffer[place] ?? 0) : 0;
  }

  /** @param byte 0 to 255; its place must lie within the length */
  set(place: number, byte: number): void {
    this.#buffer[place] = byte;
  }

  /** @param text a character a byte, which must lie within the length */
  write(place: number, text: string): void {
    this.#buffer.write(text, place, 'latin1');
  }

  /** Makes it so long at least, by zero bytes at its end. */
  grow(length: number): void {
    if (length <= this.#length) return;
    if (length > this.#buffer.length) {
      const before = this.#buffer;
      // Room to spare, so that a string that grows by bytes is not copied for each of them.
      this.#buffer = Buffer.alloc(Math.max(length, Math.min(2 * length, length + 1024 * 1024)));
      before.copy(this.#buffer);
    }
    this.#length = length;
  }

  toString(): string {
    return this.#buffer.toString('latin1', 0, this.#length);
  }
}
