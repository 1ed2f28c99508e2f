import type { Console, Session } from '../commands/session';
import { EnvironmentError } from '../redis/instance';

/** The smallest terminal that the menu fits into. */
const smallest = { columns: 40, rows: 10 };

/** @throws EnvironmentError if the menu would not fit */
export function refuseSmallTerminal(session: Session): void {
  const { columns, rows } = session.streams.output;
  // Some terminals report no size at all: those are taken to be large enough.
  if (
    (columns || smallest.columns) >= smallest.columns &&
    (rows || smallest.rows) >= smallest.rows
  ) {
    return;
  }
  throw new EnvironmentError(
    `This terminal has ${columns} columns and ${rows} rows; the menu needs ${smallest.columns} by ${smallest.rows}.`,
    `Make it larger, or use the commands: ${session.command('list')}`,
  );
}

/**
 * An empty screen, where there is one to empty.
 * @param text what to begin it with, in the same write: nobody sees it empty
 */
export function clear(console: Console, text = ''): void {
  const { live, spell } = console.screen;
  console.streams.output.write(`${live ? '\x1b[H\x1b[J' : '\n'}${spell(text)}`);
}
