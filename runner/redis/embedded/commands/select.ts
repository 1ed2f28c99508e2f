import { DATABASES } from '../engine/limits';
import { CommandError, notInteger } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';

/** The number of a database. @throws CommandError */
export function toDatabase(text: string, fault = notInteger): number {
  const index = toInteger(text, fault);
  if (index < 0 || index >= DATABASES) throw new CommandError('ERR DB index is out of range');
  return index;
}
