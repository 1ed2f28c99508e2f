import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import type { LuaRun } from '../lua/run';
import { CommandError } from '../protocol/command-error';
import { OK, type Reply } from '../protocol/reply';
import type { CommandTable } from './command';
import { expectRoom, toError } from './dispatch';
import type { ScriptCaller } from './script-call';

/**
 * Runs a script for a client: in turns where it takes long, at one go inside a transaction.
 * @param words of the command, for FUNCTION STATS
 * @returns the reply; undefined where it comes later
 */
export function carry(
  engine: Engine,
  session: Session,
  caller: ScriptCaller,
  kind: 'SCRIPT' | 'FUNCTION',
  run: LuaRun,
  words: readonly string[] = [],
): Reply | undefined {
  const advance = (ms: number | undefined) => {
    try {
      return run.advance(ms);
    } catch (fault) {
      // Out of memory or of stack: the state may be in pieces, so the next script gets another.
      if (kind === 'SCRIPT') engine.scripts.close();
      else engine.functions.close();
      return toError(fault);
    }
  };
  if (session.transaction) return advance(undefined);
  return engine.busy.carry(session, {
    kind,
    words,
    advance,
    kill: () => run.kill(),
    get wrote() {
      return caller.wrote;
    },
  });
}

/**
 * Whether a script or a function may run that says such things of itself.
 * @throws CommandError where there is no memory, or a command that reads runs what may write
 */
export function expectAllowed(
  engine: Engine,
  table: CommandTable,
  flags: ReadonlySet<string>,
  reading: boolean,
): void {
  if (flags.has('no-writes')) return;
  const set = table.get('set');
  if (set && !flags.has('allow-oom')) expectRoom(engine, set);
  if (reading) {
    throw new CommandError('ERR Can not execute a script with write flag using *_ro command.');
  }
}

/** SCRIPT KILL and FUNCTION KILL: only what has written nothing, and only of its own kind. */
export function kill({ busy }: Engine, kind: 'SCRIPT' | 'FUNCTION'): Reply {
  const { run } = busy;
  if (!run) throw new CommandError('NOTBUSY No scripts in execution right now.');
  if (run.wrote) {
    throw new CommandError(
      'UNKILLABLE Sorry the script already executed write commands against the dataset. You can either wait the script termination or kill the server in a hard way using the SHUTDOWN NOSAVE command.',
    );
  }
  if (run.kind !== kind) throw busyWith(run.kind);
  run.kill();
  return OK;
}

/** What others hear while a script runs for long. */
export function busyWith(kind: 'SCRIPT' | 'FUNCTION'): CommandError {
  return new CommandError(
    `BUSY Redis is busy running a script. You can only call ${kind} KILL or SHUTDOWN NOSAVE.`,
  );
}
