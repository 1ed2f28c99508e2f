import { randomBytes } from 'node:crypto';
import { keyBytes } from './settings';
import { type Key, sipHash } from './sip-hash';

/**
 * Tells what a program's own side has written from what anything else in the program could write. A
 * line is `code number event`: the number counts from 1, and the code is the SipHash of number and
 * event under a key that only this process and that side have. So no line can be made up, changed,
 * left out or sent again.
 */
export class SignedLines {
  /** What the program's side is to be given. */
  readonly key: Buffer = randomBytes(keyBytes);
  readonly #words: Key = new Uint32Array(new Uint8Array(this.key).buffer);
  #taken = 0;

  /** @returns the event's text; nothing where the line is not the next one */
  take(line: string): string | undefined {
    const [, code, numbered = '', number, text] = /^(\w{16}) ((\d+) (.*))$/s.exec(line) ?? [];
    if (Number(number) !== this.#taken + 1 || code !== sipHash(this.#words, numbered)) {
      return undefined;
    }
    this.#taken += 1;
    return text;
  }
}

/** The text of an event in a line that {@link SignedLines.take} does not take: with or without what goes before it. */
export function unsignedEvent(line: string): string | undefined {
  return /^(?:\w{16} \d+ )?(\{.*)$/s.exec(line)?.[1];
}
