import type { JSX } from 'preact';
import type { ShownRun } from '../store/run';

export interface QueueProps {
  /**
   * What was seen so far; a new object whenever events were added, whose arrays grow in place.
   * `tells` of an event is what it says of jobs; `words` and `whole` are what passed.
   */
  run: ShownRun;
}

/** The jobs of a queue library as cards that move from state to state; nothing where there are none. */
export function Queue(_: QueueProps): JSX.Element | null {
  return null;
}
