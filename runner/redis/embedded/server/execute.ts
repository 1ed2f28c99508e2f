import type { Command, CommandTable } from '../commands/command';
import { expectRoom, expectRoomFor, resolve, run, toError } from '../commands/dispatch';
import { factsOf } from '../commands/facts';
import { busyWith } from '../commands/script-run';
import type { Engine } from '../engine/engine';
import { NAME_COST } from '../engine/limits';
import type { Session, Transaction } from '../engine/session';
import { CommandError } from '../protocol/command-error';
import { QUEUED, type Reply } from '../protocol/reply';

/** What a client may do before it has said the password. */
const BEFORE_PASSWORD = new Set(['auth', 'hello', 'quit', 'reset']);

/** They may change something, though their flags do not say that they write. */
const REPLICATED = new Set(['eval', 'evalsha', 'fcall', 'pfcount', 'publish', 'spublish']);

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
  engine.tracking.current = session;
  try {
    const row = admit(engine, table, session, args);
    if (engine.pause.holds(canChange(row, session))) {
      postpone(engine, table, session, args);
      return undefined;
    }
    if (session.transaction && !row.flags.has('unqueued')) {
      enqueue(engine, session, session.transaction, row, args);
      return QUEUED;
    }
    const reply = run(engine, session, row, args);
    const { tracking, transaction } = session;
    if (tracking && !transaction && !row.name.startsWith('client|')) tracking.caching = false;
    if (reply?.startsWith('-')) engine.statistics.answered(reply);
    return reply;
  } catch (fault) {
    return refused(engine, fault);
  } finally {
    if (!engine.busy.run) engine.blocking.serve();
  }
}

function enqueue(
  engine: Engine,
  session: Session,
  transaction: Transaction,
  row: Command,
  args: readonly string[],
): void {
  transaction.queue.push(() => runQueued(engine, session, row, args));
  transaction.bytes += bytesOf(args);
  transaction.changes ||= canChange(row, session);
  transaction.writes ||= row.flags.has('write');
  transaction.grows ||= factsOf(row).flags.includes('denyoom');
}

/** Runs a command inside EXEC: an error is its reply and ends nothing. */
function runQueued(engine: Engine, session: Session, row: Command, args: readonly string[]): Reply {
  try {
    const reply = run(engine, session, row, args) ?? '';
    if (reply.startsWith('-')) engine.statistics.answered(reply);
    return reply;
  } catch (fault) {
    return refused(engine, fault);
  }
}

function refused(engine: Engine, fault: unknown): Reply {
  const reply = toError(fault);
  engine.statistics.answered(reply);
  return reply;
}

/** Whether it may change something: a transaction does if one of its commands does. */
function canChange(row: Command, { transaction }: Session): boolean {
  if (row.name === 'exec') return transaction?.changes === true;
  return row.flags.has('write') || REPLICATED.has(row.name);
}

/** The client waits as if it were blocked, and then its command is run as if it came now. */
function postpone(
  engine: Engine,
  table: CommandTable,
  session: Session,
  args: readonly string[],
): void {
  const cancel = engine.pause.wait(() => {
    session.blocked = undefined;
    const reply = execute(engine, table, session, args);
    if (reply !== undefined) session.outlet.write(reply);
    engine.tracking.settle();
    session.outlet.resume();
  });
  session.blocked = { cancel, unblock() {} };
}

function bytesOf(args: readonly string[]): number {
  let bytes = 0;
  for (const arg of args) bytes += arg.length + NAME_COST;
  return bytes;
}

/** Whether the client may have this now; inside MULTI a refusal spoils the whole transaction. */
function admit(
  engine: Engine,
  table: CommandTable,
  session: Session,
  args: readonly string[],
): Command {
  let row: Command | undefined;
  try {
    row = resolve(table, args);
    session.lastCommand = row.name;
    session.argumentBytes = args.reduce((sum, arg) => sum + arg.length, 0);
    expectAdmitted(engine, session, row);
    return row;
  } catch (fault) {
    const refusedRow = row ?? table.get((args[0] ?? '').toLowerCase());
    if (refusedRow) engine.statistics.rejected(refusedRow.name);
    if (session.transaction) session.transaction.failed = true;
    if (args[0]?.toLowerCase() !== 'exec') throw fault;
    session.discard();
    throw abortedBy(fault);
  }
}

/** @throws CommandError, the first of what stands against it in the order of Redis */
function expectAdmitted(engine: Engine, session: Session, row: Command): void {
  if (session.transaction && row.flags.has('nomulti')) {
    throw new CommandError('ERR Command not allowed inside a transaction');
  }
  if (session.isStranger && !BEFORE_PASSWORD.has(row.name)) {
    throw new CommandError('NOAUTH Authentication required.');
  }
  expectRoom(engine, row, session.transaction !== undefined && !row.flags.has('unqueued'));
  if (session.transaction && row.name === 'exec') expectRoomFor(engine, session.transaction);
  // A push is told from a reply, so a subscriber under RESP3 may send anything.
  const listens = session.subscriptions > 0 && session.resp.version === 2;
  if (listens && !row.flags.has('pubsub')) throw onlySubscribing(row.name);
  const script = engine.busy.run;
  if (script && !factsOf(row).flags.includes('allow_busy')) throw busyWith(script.kind);
  if (session.monitoring && usesKeyspace(row)) {
    throw new CommandError("ERR Replica can't interact with the keyspace");
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
