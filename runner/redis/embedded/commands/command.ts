import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import type { Reply } from '../protocol/reply';
import { helpOf } from './help';

/**
 * What the dispatcher, COMMAND and the script host know of a command.
 * `pubsub`: allowed while subscribed. `noscript`: not from Lua. `nomulti`: not inside MULTI.
 * `unqueued`: runs at once inside MULTI.
 */
export type Flag =
  | 'write'
  | 'readonly'
  | 'fast'
  | 'admin'
  | 'blocking'
  | 'pubsub'
  | 'noscript'
  | 'nomulti'
  | 'unqueued';

/**
 * Runs a command whose number of arguments is right already.
 * @param args the words after the name, or after the subcommand's name
 * @param engine what all sessions share
 * @param typed the command's name, or the subcommand's, as it was typed
 * @returns the reply; undefined when it comes later, as for a client that waits
 * @throws CommandError
 */
export type Handler<Args extends readonly string[] = readonly string[]> = (
  session: Session,
  args: Args,
  engine: Engine,
  typed: string,
) => Reply | undefined;

/** A row of the table of commands, which is all that the wire can reach. */
export interface Command {
  /** In lower case; a subcommand as `client|setname`. */
  readonly name: string;
  /** The words of it, its name included; negative: at least so many. */
  readonly arity: number;
  readonly flags: ReadonlySet<Flag>;
  readonly run: Handler;
  readonly subcommands?: ReadonlyMap<string, Command>;
}

/** All commands by their names in lower case: the list of what is allowed. */
export type CommandTable = ReadonlyMap<string, Command>;

/**
 * Makes a row. The handler may name its arguments in a tuple type that the arity bears out.
 * @param flags names with spaces between
 */
export function command<Args extends readonly string[]>(
  name: string,
  arity: number,
  flags: string,
  run: Handler<Args>,
): Command {
  const set = new Set(flags.split(' ').filter(Boolean) as Flag[]);
  return { name, arity, flags: set, run: run as unknown as Handler };
}

/** A command that is only a family of subcommands; `name HELP` tells of them. */
export function family(name: string, rows: readonly Command[]): Command {
  const subcommands = new Map(rows.map((row) => [row.name.slice(name.length + 1), row]));
  const lines = helpOf(name);
  const help = `*${lines.length}\r\n${lines.map((line) => `+${line}\r\n`).join('')}`;
  if (!subcommands.has('help')) {
    subcommands.set(
      'help',
      command(`${name}|help`, 2, '', () => help),
    );
  }
  return { ...command(name, -2, '', () => undefined), subcommands };
}

/** Whether so many words, the name included, suit the command. */
export function suits(row: Command, words: number): boolean {
  return row.arity >= 0 ? words === row.arity : words >= -row.arity;
}
