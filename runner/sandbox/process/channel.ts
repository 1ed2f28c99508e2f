import type { Readable, Writable } from 'node:stream';
import { parseEvent } from './event-schema';
import { Lines } from './lines';
import type { ProgramEvent, ProgramState } from './settings';

/** No event of the program's side is longer, in characters. */
const longestEvent = 256 * 1024;

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
   * @param hear each event but the answers to questions
   * @param broken something other than an event was written, or an end was closed
   */
  constructor(
    events: Readable,
    questions: Writable,
    hear: (event: ProgramEvent) => void,
    broken: (how: 'written' | 'closed') => void,
  ) {
    this.#questions = questions;
    const lines = new Lines((line) => {
      const event = parseEvent(line);
      if (event?.event === 'state') this.#answered(event.question, event.state);
      if (event) hear(event);
      else broken('written');
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

  #answered(question: number, state: ProgramState): void {
    this.#waiting.get(question)?.(state);
    this.#waiting.delete(question);
  }
}
