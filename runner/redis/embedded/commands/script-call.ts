import type { Engine } from '../engine/engine';
import { Session } from '../engine/session';
import type { Tracked } from '../engine/tracking';
import type { Caller } from '../lua/caller';
import { CommandError } from '../protocol/command-error';
import type { Reply } from '../protocol/reply';
import type { Resp } from '../protocol/resp';
import type { Command, CommandTable } from './command';
import { expectRoom, resolve, run, toError } from './dispatch';

/** A script's session has nobody to write to. */
const NOBODY = {
  ...{ address: 'lua', localAddress: '', held: 0, unread: 0 },
  ...{ write() {}, push() {}, resume() {}, end() {}, kill() {} },
};

/** Runs the commands of a script: in the client's database, and never blocked. */
export class ScriptCaller implements Caller {
  readonly client: Resp;
  /** It has changed something, or tried to. */
  wrote = false;
  readonly #session: Session;
  /** The client's, which keeps copies of the script's keys once the script reads any. */
  readonly #tracking: Tracked | undefined;

  /**
   * @param session the client's
   * @param keys that the script was given
   * @param reading the script may only read
   * @param anySize it may write where memory is full
   */
  constructor(
    readonly engine: Engine,
    readonly table: CommandTable,
    { host, id, db, resp, tracking }: Session,
    readonly keys: readonly string[],
    readonly reading: boolean,
    readonly anySize = false,
  ) {
    this.client = resp;
    this.#session = new Session(host, id, NOBODY, { scripted: true });
    this.#session.db = db;
    this.#tracking = tracking;
  }

  get resp(): Resp {
    return this.#session.resp;
  }

  set resp(resp: Resp) {
    this.#session.resp = resp;
  }

  run(args: readonly string[]): Reply {
    let row: Command | undefined;
    try {
      row = this.#admit(args);
      if (row.flags.has('write')) this.wrote = true;
      if (this.#tracking && row.flags.has('readonly')) {
        this.engine.tracking.read(this.#tracking, this.keys);
      }
      return run(this.engine, this.#session, row, args) ?? '';
    } catch (fault) {
      if (!(fault instanceof CommandError)) throw fault;
      const refused = row ? undefined : this.table.get((args[0] ?? '').toLowerCase());
      if (refused) this.engine.statistics.rejected(refused.name);
      return toError(fault);
    }
  }

  mayRun(args: readonly string[]): boolean | undefined {
    // The one user there is may do everything.
    return rowOf(this.table, args) ? true : undefined;
  }

  /** The row of what the script may run. @throws CommandError */
  #admit(args: readonly string[]): Command {
    const row = rowForScript(this.table, args);
    if (row.flags.has('noscript')) {
      throw new CommandError('ERR This Redis command is not allowed from script');
    }
    if (this.reading && row.flags.has('write')) {
      throw new CommandError('ERR Write commands are not allowed from read-only scripts.');
    }
    if (!this.anySize) expectRoom(this.engine, row);
    return row;
  }
}

/** The row of the command or of its subcommand; undefined where there is none. */
function rowOf(table: CommandTable, args: readonly string[]): Command | undefined {
  const row = table.get((args[0] ?? '').toLowerCase());
  const subcommand = args[1]?.toLowerCase();
  return row?.subcommands && subcommand !== undefined ? row.subcommands.get(subcommand) : row;
}

function rowForScript(table: CommandTable, args: readonly string[]): Command {
  if (!rowOf(table, args)) {
    throw new CommandError('ERR Unknown Redis command called from script');
  }
  try {
    return resolve(table, args);
  } catch {
    throw new CommandError('ERR Wrong number of args calling Redis command from script');
  }
}
