import { quote } from '../../grading/finding';
import { type Listener, listenersIn } from '../../grading/source/listeners';
import type { Source } from '../../grading/source/requirements';

/** What a client of redis 3 emits. */
const emitted = new Set([
  ...['connect', 'ready', 'reconnecting', 'error', 'end', 'warning', 'idle', 'drain', 'monitor'],
  ...['message', 'message_buffer', 'messageBuffer', 'pmessage', 'pmessage_buffer'],
  ...['pmessageBuffer', 'subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe'],
]);

/**
 * A listener that is never called, as no client emits what it waits for, where nothing listens for the
 * event that is meant.
 * @param wanted the event that should be heard; others do as well
 */
export function deafListener(
  source: Source,
  wanted: string,
  others: readonly string[] = [],
): Listener | undefined {
  const listeners = listenersIn(source).filter(({ of }) => of !== 'process');
  if (listeners.some(({ event }) => [wanted, ...others].includes(event))) return undefined;
  const deaf = listeners.filter(({ event }) => !emitted.has(event));
  const initial = ({ event }: Listener) => event.slice(0, 2).toLowerCase() === wanted.slice(0, 2);
  return deaf.find(initial) ?? (deaf.length === 1 ? deaf[0] : undefined);
}

/** What to say of such a listener. */
export function explainDeaf({ event, of, line }: Listener, wanted: string) {
  return {
    message: `The client emits no event ${quote(event)}, so what listens for it is never called; the event is ${quote(wanted)}.`,
    next: `Write ${of}.on('${wanted}', …): the name counts to the letter.`,
    line,
  };
}
