import type { ClassProgress } from '../../class/class-grading';
import { columnsOf, cut } from '../../report/terminal/wrap';
import type { Line } from '../progress-line';

/** How far a class is graded, and how long it will still take. */
export class ClassLine {
  readonly #progress: ClassProgress;
  readonly #begun: number;

  /** @param begun when grading began, in ms of `now` */
  constructor(progress: ClassProgress, begun: number) {
    this.#progress = progress;
    this.#begun = begun;
  }

  /** In words, in so many columns. @param now in ms */
  words(now: number, { room, glyphs }: Line): string {
    const pieces = this.#pieces(now);
    const joined = () => pieces.join(` ${glyphs.dot} `);
    while (pieces.length > 1 && columnsOf(joined()) > room) pieces.pop();
    return cut(joined(), room, glyphs.ellipsis);
  }

  /** The most important first. */
  #pieces(now: number): string[] {
    const { all, done, known } = this.#progress;
    const left = all - done;
    const fresh = done - known;
    const minutes = (now - this.#begun) / 60_000;
    const rate = minutes > 0 ? fresh / minutes : 0;
    return [
      `Grading, ${done} of ${all} done`,
      // One says nothing yet of those that follow.
      ...(fresh > 1 && left > 0 ? [`about ${duration(left / rate)} left`] : []),
      ...(fresh > 1 ? [`${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a minute`] : []),
      ...(left > 0 ? [`${left} ${left === 1 ? 'waits' : 'wait'}`] : []),
    ];
  }
}

/** @param minutes more than 0 */
function duration(minutes: number): string {
  if (minutes < 1) return `${Math.max(5, Math.ceil((minutes * 60) / 5) * 5)} s`;
  if (minutes < 90) return `${Math.ceil(minutes)} min`;
  return `${(minutes / 60).toFixed(1)} h`;
}
