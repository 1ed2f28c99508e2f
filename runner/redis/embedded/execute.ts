import { type Command, suits } from './command';
import { CommandFault, unknownCommand, unknownSubcommand, wrongArity } from './fault';
import { tellMonitors } from './monitor';
import { error, QUEUED, type Reply } from './reply';
import type { Session } from './session';
import { commands } from './table';

/**
 * Runs one command of a client and serves those who were waiting for what it brought.
 * @param args the name and the arguments, a character a byte
 * @returns the reply; undefined when it comes later
 */
export function execute(session: Session, args: readonly string[]): Reply | undefined {
  session.engine.commands += 1;
  try {
    const row = admit(session, args);
    session.lastCommand = row.name;
    if (session.transaction && !row.flags.has('unqueued')) {
      session.transaction.queue.push([...args]);
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
    const row = resolve(args);
    return row.run(session, argumentsOf(row, args)) ?? '';
  } catch (fault) {
    return toError(fault);
  }
}

/**
 * The row of the table for a command, its number of arguments checked.
 * @throws CommandFault
 */
export function resolve(args: readonly string[]): Command {
  const row = commands.get((args[0] ?? '').toLowerCase());
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

/** Whether the client may have this now; inside MULTI a refusal spoils the whole transaction. */
function admit(session: Session, args: readonly string[]): Command {
  try {
    const row = resolve(args);
    if (session.subscriptions > 0 && !row.flags.has('pubsub')) throw onlySubscribing(row.name);
    if (session.transaction && row.flags.has('nomulti')) {
      throw new CommandFault('ERR Command not allowed inside a transaction');
    }
    return row;
  } catch (fault) {
    if (session.transaction) session.transaction.failed = true;
    throw fault;
  }
}

function onlySubscribing(name: string): CommandFault {
  return new CommandFault(
    `ERR Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
  );
}

/** A fault of ours rather than the client's must not end the server: it is told as an error too. */
function toError(fault: unknown): Reply {
  if (fault instanceof CommandFault) return error(fault.message);
  return error(`ERR internal error: ${fault instanceof Error ? fault.message : String(fault)}`);
}
