import { signal } from '@preact/signals';
import { following, type Playback } from './playback';

/** Which moment of the run is shown: by its lanes and by its queues. */
export const playback = signal<Playback>(following);

/** Whether the newest line is kept in sight; not while somebody reads further up. */
export const keepsToEnd = signal(true);

/** Shows another moment, and its newest line. */
export function showMoment(moment: Playback): void {
  playback.value = moment;
  keepsToEnd.value = true;
}

/** What is followed through the run, such as `job 7`: the rest stands back. */
export const followed = signal<string | undefined>(undefined);

/** The id of the line that the keyboard stands on. */
export const chosen = signal<number | undefined>(undefined);

/** The id of the line under the pointer. */
export const pointed = signal<number | undefined>(undefined);

/** Whether a queue library's book-keeping is shown too. */
export const showsAll = signal(false);

/** The file whose run is shown; the first one without it. */
export const shownFile = signal<string | undefined>(undefined);

/** Follows something, or nothing if it is followed already. */
export function follow(subject: string | undefined): void {
  followed.value = followed.value === subject ? undefined : subject;
}

/** Begins with another run. */
export function showAnew(): void {
  showMoment(following);
  followed.value = undefined;
  chosen.value = undefined;
  pointed.value = undefined;
  shownFile.value = undefined;
}
