import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import {
  CommandError,
  unknownCommand,
  unknownSubcommand,
  wrongArity,
} from '../protocol/command-error';
import { error, type Reply } from '../protocol/reply';
import { type Command, type CommandTable, suits } from './command';
import { factsOf } from './facts';
import { findKeys, readBy } from './key-places';
import { withoutSecrets } from './secrets';

/**
 * The row of the table for a command, its number of arguments checked.
 * @throws CommandError
 */
export function resolve(table: CommandTable, args: readonly string[]): Command {
  const row = table.get((args[0] ?? '').toLowerCase());
  if (!row) throw unknownCommand(args);
  if (!suits(row, args.length)) throw wrongArity(row.name);
  // COMMAND alone is a command as well.
  if (!row.subcommands || args.length === 1) return row;
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

/**
 * Runs a command and shows it to the clients that MONITOR: once it has run, but a script before the
 * commands that it runs.
 * @param row the command's, as {@link resolve} found it
 * @returns the reply; undefined when it comes later
 * @throws CommandError
 */
export function run(
  engine: Engine,
  session: Session,
  row: Command,
  args: readonly string[],
): Reply | undefined {
  const isShown = engine.monitors.isWatched && !row.flags.has('admin');
  const isShownFirst = isShown && factsOf(row).flags.includes('skip_monitor');
  if (isShownFirst) show(engine, session, row, args);
  const { tracking } = session;
  if (tracking && row.flags.has('readonly')) {
    const keys = findKeys(row.name, args)?.map(({ key }) => key) ?? [];
    engine.tracking.read(tracking, keys);
  }
  engine.isReading = engine.tellsOfMisses ? readBy(row, args) : undefined;
  try {
    return row.run(session, argumentsOf(row, args), engine, args[0] ?? '');
  } finally {
    engine.isReading = undefined;
    if (isShown && !isShownFirst) show(engine, session, row, args);
  }
}

function show(engine: Engine, session: Session, row: Command, args: readonly string[]): void {
  const from = session.scripted ? 'lua' : session.outlet.address;
  engine.monitors.show(session.db.index, from, withoutSecrets(row.name, args), session);
}

/** What was thrown, as a reply: a fault of ours must not end the server, so it is an error too. */
export function toError(fault: unknown): Reply {
  if (fault instanceof CommandError) return error(fault.message);
  return error(`ERR internal error: ${fault instanceof Error ? fault.message : String(fault)}`);
}
