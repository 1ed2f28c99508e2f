import { type Command, type CommandTable, suits } from '../commands/command';
import {
  CommandError,
  unknownCommand,
  unknownSubcommand,
  wrongArity,
} from '../protocol/command-error';
import { error, QUEUED, type Reply } from '../protocol/reply';
import { tellMonitors } from './monitor';
import { NAME_COST, type Session } from './session';

/**
 * Runs one command of a client and serves those who were waiting for what it brought.
 * @param args the name and the arguments, a character a byte
 * @returns the reply; undefined when it comes later
 */
export function execute(session: Session, args: readonly string[]): Reply | undefined {
  session.engine.processed += 1;
  try {
    const row = admit(session, args);
    session.lastCommand = row.name;
    if (session.transaction && !row.flags.has('unqueued')) {
      session.transaction.queue.push([...args]);
      session.transaction.bytes += bytesOf(args);
      return QUEUED;
    }
    if (session.engine.monitors.size > 0) tellMonitors(session, row, args);
    return row.run(session, argumentsOf(row, args));
  } catch (fault) {
    return toError(fault);
  } finally {
    session.engine.blocking.serve();
  }
}

/** Runs a command inside EXEC: an error is its reply and ends nothing. */
export function executeQueued(session: Session, args: readonly string[]): Reply {
  try {
    const row = resolve(session.engine.table, args);
    return row.run(session, argumentsOf(row, args)) ?? '';
  } catch (fault) {
    return toError(fault);
  }
}

/**
 * Runs a command for a script.
 * @param reading the script may only read
 * @throws CommandFault in the words that scripts get
 */
export function runForScript(session: Session, args: readonly string[], reading: boolean): Reply {
  const row = rowForScript(session.engine.table, args);
  if (row.flags.has('noscript')) {
    throw new CommandError('ERR This Redis command is not allowed from script');
  }
  if (reading && row.flags.has('write')) {
    throw new CommandError('ERR Write commands are not allowed from read-only scripts.');
  }
  if (session.engine.monitors.size > 0) tellMonitors(session, row, args);
  return row.run(session, argumentsOf(row, args)) ?? '';
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

/**
 * The row of the table for a command, its number of arguments checked.
 * @throws CommandFault
 */
export function resolve(table: CommandTable, args: readonly string[]): Command {
  const row = table.get((args[0] ?? '').toLowerCase());
  if (!row) throw unknownCommand(args);
  if (!suits(row, args.length)) throw wrongArity(row.name);
  if (!row.subcommands) return row;
  const given = args[1] ?? '';
  const subcommand = row.subcommands.get(given.toLowerCase());
  if (!subcommand) throw unknownSubcommand(row.name, given);
  if (!suits(subcommand, args.length)) throw wrongArity(subcommand.name);
  return subcommand;
}

/** The words after the name, or after the subcommand's name. */
export function argumentsOf(row: Command, args: readonly string[]): readonly string[] {
  return args.slice(row.name.includes('|') ? 2 : 1);
}

function bytesOf(args: readonly string[]): number {
  let bytes = 0;
  for (const arg of args) bytes += arg.length + NAME_COST;
  return bytes;
}

/** Whether the client may have this now; inside MULTI a refusal spoils the whole transaction. */
function admit(session: Session, args: readonly string[]): Command {
  try {
    const row = resolve(session.engine.table, args);
    if (session.subscriptions > 0 && !row.flags.has('pubsub')) throw onlySubscribing(row.name);
    if (session.transaction && row.flags.has('nomulti')) {
      throw new CommandError('ERR Command not allowed inside a transaction');
    }
    return row;
  } catch (fault) {
    if (session.transaction) session.transaction.failed = true;
    throw args[0]?.toLowerCase() === 'exec' ? abortedBy(fault) : fault;
  }
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

/** A fault of ours rather than the client's must not end the server: it is told as an error too. */
function toError(fault: unknown): Reply {
  if (fault instanceof CommandError) return error(fault.message);
  return error(`ERR internal error: ${fault instanceof Error ? fault.message : String(fault)}`);
}
