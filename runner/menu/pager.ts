import type { Session } from '../commands/session';
import { keyLine } from '../report/keys';
import { columnsOf } from '../report/wrap';
import { pressedKey } from './keyboard';
import { clear } from './terminal';

/**
 * Shows a long text page by page.
 * @returns the key that ended it, once it is none that moves about in the text
 */
export async function page(session: Session, text: string): Promise<string> {
  if (!session.screen.live) {
    session.say(text);
    return pressedKey(session);
  }
  const lines = text.replace(/\n$/, '').split('\n');
  for (let top = 0; ; ) {
    const room = Math.max(3, (session.streams.output.rows || 24) - 2);
    const last = Math.max(0, lines.length - room);
    top = Math.max(0, Math.min(top, last));
    clear(session);
    session.say(lines.slice(top, top + room).join('\n'));
    session.streams.output.write(footer(session, Math.min(lines.length, top + room), lines.length));
    const key = await pressedKey(session);
    const step = steps(room)[key];
    if (step === undefined || (step > 0 && top === last && enough.has(key))) {
      session.say('');
      // In a text, q is the habit for closing it.
      return key === 'q' ? 'b' : key;
    }
    top += step;
  }
}

/** At the end, these go on rather than down. */
const enough = new Set(['space', 'return']);

function steps(room: number): Record<string, number> {
  const far = Number.MAX_SAFE_INTEGER;
  return {
    down: 1,
    j: 1,
    up: -1,
    k: -1,
    space: room - 1,
    return: room - 1,
    pagedown: room - 1,
    pageup: 1 - room,
    home: -far,
    end: far,
  };
}

function footer(session: Session, end: number, all: number): string {
  const { paint, width } = session.screen;
  const keys =
    end < all
      ? [
          { key: 'Space', does: 'more' },
          { key: 'b', does: 'back' },
        ]
      : [
          { key: 'Enter', does: 'back' },
          { key: 'c', does: 'check' },
          { key: 'r', does: 'run' },
        ];
  const where = end < all ? paint('dim', `${end}/${all}`) : '';
  const line = keyLine(keys, session.screen)[0] ?? '';
  return where && columnsOf(line) + columnsOf(where) + 3 < width ? `${line}   ${where}` : line;
}
