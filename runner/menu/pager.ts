import { type Console, Interruption } from '../commands/session';
import { EventQueue } from '../commands/watch/event-queue';
import type { KeyHint } from '../report/terminal/keys';
import { followKeys, pressedKey, type Signal } from './keyboard';
import { drawPane, stepOf } from './pane';

/**
 * Shows a long text page by page.
 * @param text drawn for the screen as it is, and again when that changes its size
 * @param keys what to offer beside moving about
 * @returns the key that ended it, once it is none that moves about in the text
 */
export async function page(
  console: Console,
  text: () => Promise<string> | string,
  keys: readonly KeyHint[] = [],
): Promise<string> {
  if (!console.screen.live) {
    console.say(await text());
    return pressedKey(console);
  }
  const offered = [{ key: 'b', does: 'back' }, ...keys];
  // Keys that come before the text wait for it; nothing echoes them meanwhile.
  const signals = new EventQueue<Signal>(console.signal);
  const stopKeys = followKeys(console, (signal) => signals.push(signal));
  try {
    let lines = await linesOf(text, () =>
      drawPane(console, { lines: ['', '  One moment'], top: 0, keys: offered }),
    );
    for (let top = 0; ; ) {
      const drawn = drawPane(console, { lines, top, keys: offered });
      top = drawn.top;
      const signal = await signals.next();
      if (signal === 'interrupted') throw new Interruption('Ctrl-C');
      if (signal === 'resized' || signal === 'resumed') {
        lines = await linesOf(text);
        continue;
      }
      const { key } = signal;
      const step = stepIn(key, drawn.room);
      if (step === undefined || (step > 0 && top === drawn.last && enough.has(key))) {
        // In a text, q is the habit for closing it.
        return key === 'q' ? 'b' : key;
      }
      top = Math.max(0, Math.min(top + step, drawn.last));
    }
  } finally {
    stopKeys();
    signals.close();
  }
}

/** @param meanwhile called where the text is not there at once */
async function linesOf(
  text: () => Promise<string> | string,
  meanwhile: () => unknown = () => {},
): Promise<string[]> {
  const coming = text();
  if (typeof coming !== 'string') meanwhile();
  return (await coming).trimEnd().split('\n');
}

/** At the end, these go on rather than down. */
const enough = new Set(['space', 'return']);

/** In a text that fills the screen, the keys of less work as well. */
function stepIn(key: string, room: number): number | undefined {
  const same: Record<string, string> = { j: 'down', k: 'up', return: 'space' };
  return stepOf(same[key] ?? key, room);
}
