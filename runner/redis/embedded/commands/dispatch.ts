import type { Engine } from '../engine/engine';
import type { Session, Transaction } from '../engine/session';
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
  // Of a script's keys those count that its commands read.
  if (tracking && row.flags.has('readonly') && !row.flags.has('noscript')) {
    const keys = findKeys(row.name, args)?.map(({ key }) => key) ?? [];
    engine.tracking.read(tracking, keys);
  }
  engine.isReading = engine.tellsOfMisses ? readBy(row, args) : undefined;
  try {
    return measured(engine, session, row, args);
  } finally {
    engine.isReading = undefined;
    if (isShown && !isShownFirst) show(engine, session, row, args);
  }
}

function show(engine: Engine, session: Session, row: Command, args: readonly string[]): void {
  const from = session.scripted ? 'lua' : session.outlet.address;
  engine.monitors.show(session.db.index, from, withoutSecrets(row.name, args), session);
}

/** Runs it and keeps how long that took and whether it went well, for one that waits once it is served. */
function measured(
  engine: Engine,
  session: Session,
  row: Command,
  args: readonly string[],
): Reply | undefined {
  const before = performance.now();
  let failed = true;
  let waits = false;
  try {
    const typed = args[row.name.includes('|') ? 1 : 0] ?? '';
    const reply = row.run(session, argumentsOf(row, args), engine, typed);
    failed = reply?.startsWith('-') === true;
    waits = reply === undefined && session.blocked !== undefined;
    return reply;
  } finally {
    const us = microsecondsSince(before);
    if (!waits) keep(engine, session, row, args, us, failed);
    else {
      session.served = (reply) => {
        // Waiting for a key takes no time; a script in turns takes all that has passed.
        const took = row.flags.has('blocking') ? us : microsecondsSince(before);
        const isError = reply.startsWith('-');
        if (isError) engine.statistics.answered(reply);
        // Where its key has gone, that counts as no call.
        if (reply.startsWith('-UNBLOCKED')) engine.statistics.failed(row.name);
        else keep(engine, session, row, args, took, isError);
      };
    }
  }
}

function keep(
  engine: Engine,
  session: Session,
  row: Command,
  args: readonly string[],
  us: number,
  failed: boolean,
): void {
  engine.statistics.ran(row.name, us, failed, engine.settings.isOn('latency-tracking'));
  engine.latency.took(row.flags.has('fast') ? 'fast-command' : 'command', us);
  if (engine.slowLog.isSlow(us) && row.name !== 'exec') {
    engine.slowLog.add(session, withoutSecrets(row.name, args), us);
  }
}

function microsecondsSince(before: number): number {
  return Math.round((performance.now() - before) * 1000);
}

/**
 * Whether the state of the server lets the command run.
 * @param queueing into a transaction, which takes memory whatever the command
 * @throws CommandError OOM or NOREPLICAS
 */
export function expectRoom(engine: Engine, row: Command, queueing = false): void {
  if (engine.memory.isFull && (queueing || factsOf(row).flags.includes('denyoom'))) throw full();
  if (row.flags.has('write')) expectReplicas(engine);
}

/** The same for a transaction, whose commands were let in before: what one of them needs, EXEC does. */
export function expectRoomFor(engine: Engine, { grows, writes }: Transaction): void {
  if (grows && engine.memory.isFull) throw full();
  if (writes) expectReplicas(engine);
}

function full(): CommandError {
  return new CommandError("OOM command not allowed when used memory > 'maxmemory'.");
}

function expectReplicas({ settings }: Engine): void {
  if (settings.number('min-replicas-to-write') > 0) {
    throw new CommandError('NOREPLICAS Not enough good replicas to write.');
  }
}

/** What was thrown, as a reply: a fault of ours must not end the server, so it is an error too. */
export function toError(fault: unknown): Reply {
  if (fault instanceof CommandError) return error(fault.message);
  return error(`ERR internal error: ${fault instanceof Error ? fault.message : String(fault)}`);
}
