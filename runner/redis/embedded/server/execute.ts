import type { Command, CommandTable } from '../commands/command';
import { resolve, run, toError } from '../commands/dispatch';
import type { Engine } from '../engine/engine';
import { NAME_COST } from '../engine/limits';
import type { Session } from '../engine/session';
import { CommandError } from '../protocol/command-error';
import { QUEUED, type Reply } from '../protocol/reply';

/** Neither reading nor writing by their flags, and yet not for replicas. */
const REPLICATED = new Set(['eval', 'evalsha', 'fcall', 'publish', 'spublish']);

/**
 * Runs one command of a client and serves those who were waiting for what it brought.
 * @param table what clients may run
 * @param args the name and the arguments, a character a byte
 * @returns the reply; undefined when it comes later
 */
export function execute(
  engine: Engine,
  table: CommandTable,
  session: Session,
  args: readonly string[],
): Reply | undefined {
  engine.processed += 1;
  engine.tracking.current = session;
  try {
    const row = admit(table, session, args);
    session.lastCommand = row.name;
    if (session.transaction && !row.flags.has('unqueued')) {
      session.transaction.queue.push(() => runQueued(engine, session, row, args));
      session.transaction.bytes += bytesOf(args);
      return QUEUED;
    }
    const reply = run(engine, session, row, args);
    const { tracking, transaction } = session;
    if (tracking && !transaction && !row.name.startsWith('client|')) tracking.caching = false;
    return reply;
  } catch (fault) {
    return toError(fault);
  } finally {
    engine.blocking.serve();
  }
}

/** Runs a command inside EXEC: an error is its reply and ends nothing. */
function runQueued(engine: Engine, session: Session, row: Command, args: readonly string[]): Reply {
  try {
    return run(engine, session, row, args) ?? '';
  } catch (fault) {
    return toError(fault);
  }
}

function bytesOf(args: readonly string[]): number {
  let bytes = 0;
  for (const arg of args) bytes += arg.length + NAME_COST;
  return bytes;
}

/** Whether the client may have this now; inside MULTI a refusal spoils the whole transaction. */
function admit(table: CommandTable, session: Session, args: readonly string[]): Command {
  try {
    const row = resolve(table, args);
    // A push is told from a reply, so a subscriber under RESP3 may send anything.
    const listens = session.subscriptions > 0 && session.resp.version === 2;
    if (listens && !row.flags.has('pubsub')) throw onlySubscribing(row.name);
    if (session.transaction && row.flags.has('nomulti')) {
      throw new CommandError('ERR Command not allowed inside a transaction');
    }
    if (session.monitoring && usesKeyspace(row)) {
      throw new CommandError("ERR Replica can't interact with the keyspace");
    }
    return row;
  } catch (fault) {
    if (session.transaction) session.transaction.failed = true;
    if (args[0]?.toLowerCase() !== 'exec') throw fault;
    session.discard();
    throw abortedBy(fault);
  }
}

/** Redis takes a client that monitors for a replica, which only listens. */
function usesKeyspace({ name, flags }: Command): boolean {
  return flags.has('write') || flags.has('readonly') || REPLICATED.has(name);
}

/** An EXEC that is refused says what becomes of the transaction. */
function abortedBy(fault: unknown): unknown {
  if (!(fault instanceof CommandError)) return fault;
  const reason = fault.message.replace(/^ERR /, '');
  return new CommandError(`EXECABORT Transaction discarded because of: ${reason}`);
}

function onlySubscribing(name: string): CommandError {
  return new CommandError(
    `ERR Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
  );
}
