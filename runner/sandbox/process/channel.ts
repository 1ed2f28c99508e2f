import type { Readable, Writable } from 'node:stream';
import { parseEvent } from './event-schema';
import { Lines } from './lines';
import type { ProgramEvent, ProgramState } from './settings';
import { type SignedLines, unsignedEvent } from './signed-lines';

/** No event of the program's side is longer, in characters: what a driver tells of many tests is the longest. */
const longestEvent = 8 * 1024 * 1024;

/**
 * What has become of the line: something other than an event was written, an end was closed, or an
 * event was written by another than the program's own side.
 */
export type Breach = 'written' | 'closed' | 'forged';

type Answer = (state: ProgramState | undefined) => void;

/**
 * The runner's line to a program's own side: events come in, questions go out. The program can
 * reach both ends itself; whatever it does to them is noticed and harms nobody else.
 */
export class Channel {
  readonly #questions: Writable;
  readonly #waiting = new Map<number, Answer>();
  #asked = 0;
  #over = false;

  /**
   * @param signed tells the events of the program's own side from what else is written
   * @param hear each event
   * @param broken each breach
   */
  constructor(
    events: Readable,
    questions: Writable,
    signed: SignedLines,
    hear: (event: ProgramEvent) => void,
    broken: (how: Breach) => void,
  ) {
    this.#questions = questions;
    const lines = new Lines((line) => {
      const event = parseEvent(signed.take(line));
      if (event && this.#isPossible(event)) hear(event);
      else broken(event || parseEvent(unsignedEvent(line)) ? 'forged' : 'written');
    }, longestEvent);
    events.on('data', (bytes: Buffer) => {
      lines.push(bytes);
      if (lines.rest.length >= longestEvent) broken('written');
    });
    const closed = () => {
      this.close();
      broken('closed');
    };
    events.on('end', closed).on('error', closed);
    questions.on('error', closed);
  }

  /** @returns nothing where no answer can come any more */
  ask(): Promise<ProgramState | undefined> {
    if (this.#over) return Promise.resolve(undefined);
    this.#asked += 1;
    const question = this.#asked;
    return new Promise((resolve) => {
      this.#waiting.set(question, resolve);
      this.#questions.write(`${question}\n`);
    });
  }

  /** Answers what is still open with nothing. */
  close(): void {
    this.#over = true;
    for (const answer of this.#waiting.values()) answer(undefined);
    this.#waiting.clear();
  }

  /** Takes the answer to a question; one to a question that is not open nobody can have asked for. */
  #isPossible(event: ProgramEvent): boolean {
    if (event.event !== 'state' || this.#over) return true;
    const answer = this.#waiting.get(event.question);
    this.#waiting.delete(event.question);
    answer?.(event.state);
    return answer !== undefined;
  }
}
