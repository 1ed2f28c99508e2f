import { type Signal, signal } from '@preact/signals';
import type { CellRun, CellUpdate } from '../../protocol';
import { listen } from '../store/connection';
import { ask, Refused } from '../store/server';

/** Something that was started in a lesson's text, as far as the page knows. */
export type ShownRun = Signal<CellRun>;

const known = new Map<string, ShownRun>();
/** Until when the server may not know of something yet. */
const starts = new WeakMap<ShownRun, Promise<unknown>>();

/**
 * Begins something, and follows it from now on.
 * @param start has the server start it under that name; where that is refused, its end says why
 * @param former what it takes the place of
 */
export function begin(start: (run: string) => Promise<unknown>, former?: ShownRun): ShownRun {
  const run = crypto.randomUUID();
  const shown = signal<CellRun>({
    run,
    events: [],
    keys: [],
    status: { state: 'runs', words: '' },
  });
  if (former) known.delete(former.peek().run);
  known.set(run, shown);
  const started = start(run).catch((error: unknown) => end(shown, sentenceOf(error)));
  starts.set(shown, started);
  return shown;
}

/** Has something ended; of a prompt, the command that waits. */
export async function stop(shown: ShownRun): Promise<void> {
  await starts.get(shown);
  if (!isGoing(shown)) return;
  try {
    await ask('POST', `/runs/${shown.peek().run}/stop`, {});
  } catch (error) {
    end(shown, sentenceOf(error));
  }
}

/** Whether something goes on. */
export function isGoing(shown: ShownRun | undefined): shown is ShownRun {
  return shown !== undefined && shown.value.status.state !== 'ended';
}

/** Why something was not served, for people. */
export function sentenceOf(error: unknown): string {
  return error instanceof Refused ? `${error.message} ${error.next}` : String(error);
}

listen((event) => {
  if (event.kind === 'cell') take(event);
  if (event.kind === 'missed') for (const shown of known.values()) void readAgain(shown);
});

function take({ run, events = [], keys, status }: CellUpdate): void {
  const shown = known.get(run);
  if (!shown) return;
  const now = shown.peek();
  // Some of them may be there already, by an answer.
  const last = now.events.at(-1)?.id ?? -1;
  now.events.push(...events.filter(({ id }) => id > last));
  shown.value = { ...now, ...(keys ? { keys } : {}), ...(status ? { status } : {}) };
}

/** After a break in the line. */
async function readAgain(shown: ShownRun): Promise<void> {
  const { run, status } = shown.peek();
  if (status.state === 'ended') return;
  try {
    shown.value = await ask<CellRun>('GET', `/runs/${run}`);
  } catch {
    end(shown, 'The workbook was stopped meanwhile, and this with it.');
  }
}

function end(shown: ShownRun, words: string): void {
  shown.value = { ...shown.peek(), status: { state: 'ended', words, well: false } };
}
