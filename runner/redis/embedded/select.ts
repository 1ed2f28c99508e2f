import { DATABASES } from './engine';
import { CommandFault } from './fault';
import { toInteger } from './numbers';

/** The number of a database. @throws CommandFault */
export function toDatabase(text: string): number {
  const index = toInteger(text);
  if (index < 0 || index >= DATABASES) throw new CommandFault('ERR DB index is out of range');
  return index;
}
