import type { Console, Session } from '../commands/session';

/** The smallest terminal that the menu and the watch screen fit into. */
const smallest = { columns: 40, rows: 10 };

/**
 * @returns the session; in a terminal that is too small to draw in, a plain one in its place, which
 *   says one thing below the other, and a remark that it does
 */
export function plainIfSmall(session: Session): Session {
  const { columns, rows } = session.streams.output;
  const fits = columns >= smallest.columns && rows >= smallest.rows;
  if (fits || !session.screen.live) return session;
  session.note(
    `This terminal has ${columns} columns and ${rows} rows. From ${smallest.columns} by ${smallest.rows} on a menu is drawn; here it is text.`,
  );
  return session.with({ plain: true });
}

/**
 * An empty screen, where there is one to empty.
 * @param text what to begin it with, in the same write: nobody sees it empty
 */
export function clear(console: Console, text = ''): void {
  const { live, spell } = console.screen;
  console.streams.output.write(`${live ? '\x1b[H\x1b[J' : '\n'}${spell(text)}`);
}
