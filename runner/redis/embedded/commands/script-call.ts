import type { Engine } from '../engine/engine';
import { Session } from '../engine/session';
import { CommandError } from '../protocol/command-error';
import type { Reply } from '../protocol/reply';
import type { Command, CommandTable } from './command';
import { resolve, run, toError } from './dispatch';

/** A script's session has nobody to write to. */
const NOBODY = { address: 'lua', write() {}, resume() {}, end() {}, kill() {} };

/** The session in which a script's commands run: in the client's database, and never blocked. */
export function scriptSession({ host, id, db }: Session): Session {
  const caller = new Session(host, id, NOBODY, { scripted: true });
  caller.db = db;
  return caller;
}

/**
 * Runs a command for a script.
 * @param reading the script may only read
 * @returns the reply; an error is one too, in the words that scripts get
 */
export function runForScript(
  engine: Engine,
  table: CommandTable,
  caller: Session,
  args: readonly string[],
  reading: boolean,
): Reply {
  try {
    const row = rowForScript(table, args);
    if (row.flags.has('noscript')) {
      throw new CommandError('ERR This Redis command is not allowed from script');
    }
    if (reading && row.flags.has('write')) {
      throw new CommandError('ERR Write commands are not allowed from read-only scripts.');
    }
    return run(engine, caller, row, args) ?? '';
  } catch (fault) {
    if (fault instanceof CommandError) return toError(fault);
    throw fault;
  }
}

function rowForScript(table: CommandTable, args: readonly string[]): Command {
  if (!table.has((args[0] ?? '').toLowerCase())) {
    throw new CommandError('ERR Unknown Redis command called from script');
  }
  try {
    return resolve(table, args);
  } catch {
    throw new CommandError('ERR Wrong number of args calling Redis command from script');
  }
}
