import { type Signal, signal } from '@preact/signals';
import type { LessonName, TextNode } from '../../protocol';
import { ask, pathOf } from '../store/server';
import { begin, isGoing, type ShownRun, stop } from './runs';

export type Block = Extract<TextNode, { kind: 'block' }>;

/** A piece of code of a lesson's text while the page is open: as it was changed, and what came of it. */
export class CellState {
  readonly text: Signal<string>;
  readonly run = signal<ShownRun | undefined>(undefined);
  readonly #lesson: LessonName;
  readonly #block: Block;

  constructor(lesson: LessonName, block: Block) {
    this.#lesson = lesson;
    this.#block = block;
    this.text = signal(block.text);
  }

  get isGoing(): boolean {
    return isGoing(this.run.value);
  }

  get isChanged(): boolean {
    return this.text.value !== this.#block.text;
  }

  /** Runs it as it stands; what ran before is ended. */
  async start(): Promise<void> {
    await this.stop();
    const { place, cell } = this.#block;
    const text = this.text.peek();
    const where = pathOf(this.#lesson);
    this.run.value = begin(
      (run) =>
        cell?.kind === 'redis'
          ? ask('POST', `${where}/prompt`, { run, text })
          : ask('POST', `${where}/cells`, { run, place, text }),
      this.run.peek(),
    );
  }

  async stop(): Promise<void> {
    const run = this.run.peek();
    if (run && run.peek().status.state !== 'ended') await stop(run);
  }

  /** Puts back what the lesson says; what came of it goes. */
  reset(): void {
    this.text.value = this.#block.text;
    this.run.value = undefined;
  }
}

const states = new Map<string, CellState>();

/** The state of a piece of code; it stays while the page is open, whichever lesson is. */
export function cellState({ course, id }: LessonName, block: Block): CellState {
  const key = `${course}/${id}/${block.place}`;
  const known = states.get(key);
  if (known) return known;
  const state = new CellState({ course, id }, block);
  states.set(key, state);
  return state;
}
