import type { ClassProgress } from '../../class/class-grading';
import { sanitize } from '../../report/terminal/invisible';
import { columnsOf, cut } from '../../report/terminal/wrap';
import type { Line } from '../progress-line';

/** How a class is that is watched: how many are graded, and who changed something last. */
export class WatchLine {
  readonly #progress: ClassProgress;
  #last: { name: string; at: Date } | undefined;

  constructor(progress: ClassProgress) {
    this.#progress = progress;
  }

  /** Somebody's files have changed. */
  taken(name: string, at: Date): void {
    this.#last = { name, at };
  }

  /** In words, in so many columns. */
  words(_now: number, { room, glyphs }: Line): string {
    const pieces = this.#pieces().map((piece) => sanitize(piece, glyphs));
    const joined = () => pieces.join(` ${glyphs.dot} `);
    while (pieces.length > 1 && columnsOf(joined()) > room) pieces.pop();
    return cut(joined(), room, glyphs.ellipsis);
  }

  /** The most important first. */
  #pieces(): string[] {
    const { all, done } = this.#progress;
    const left = all - done;
    return [
      `Watching, ${done} of ${all} done`,
      ...(left > 0 ? [`${left} ${left === 1 ? 'waits' : 'wait'}`] : []),
      ...(this.#last ? [`last changed: ${this.#last.name}, ${timeOf(this.#last.at)}`] : []),
    ];
  }
}

/** The time of day, as `09:05:00`. */
function timeOf(at: Date): string {
  const two = (count: number) => String(count).padStart(2, '0');
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
}
