import { randomBytes } from 'node:crypto';
import { Functions } from '../lua/functions';
import { ScriptRandom } from '../lua/random';
import { Scripts } from '../lua/scripts';
import { MAX_BULK } from '../protocol/request';
import type { KeyEvent } from '../store/key-events';
import { Keyspace } from '../store/keyspace';
import type { KeyspaceListener } from '../store/keyspace-listener';
import type { Databases, Persistence } from '../store/persistence';
import { AccessLog } from './access-log';
import { Blocking } from './blocking';
import { Busy, type Owner } from './busy';
import { Channels } from './channels';
import type { Host } from './host';
import { Housekeeping } from './housekeeping';
import { DATABASES } from './limits';
import { Memory } from './memory';
import { Monitors } from './monitors';
import { Notifications } from './notifications';
import { OutputLimits } from './output-limits';
import { Pause } from './pause';
import { type Outlet, Session } from './session';
import { Settings } from './settings/settings';
import { LatencyMonitor } from './statistics/latency';
import { SlowLog } from './statistics/slow-log';
import { Statistics } from './statistics/statistics';
import { Tracking } from './tracking';
import { DefaultUser } from './user';
import { Watches } from './watches';

let opened = 0;

/** Everything that the sessions of one embedded Redis share. */
export class Engine implements Host, Databases, KeyspaceListener {
  /** A name of its own for the store in ioredis-mock, so that no two share data. */
  readonly #host = `embedded-${process.pid}-${++opened}`;
  #databases: (Keyspace | undefined)[] = new Array(DATABASES).fill(undefined);
  readonly blocking = new Blocking((client, act) => this.tracking.turn(client, act));
  readonly channels = new Channels();
  readonly watches = new Watches();
  readonly #random = new ScriptRandom();
  readonly scripts = new Scripts(this.#random);
  readonly functions = new Functions(this.#random);
  readonly busy = new Busy(
    // 0 is never.
    () => this.settings.number('busy-reply-threshold') || Number.POSITIVE_INFINITY,
    (owner, go) => this.#takeTurn(owner, go),
  );
  readonly sessions = new Map<number, Session>();
  readonly monitors = new Monitors();
  readonly tracking: Tracking;
  readonly startedAt = Date.now();
  readonly runId = randomBytes(20).toString('hex');
  readonly replicationId = randomBytes(20).toString('hex');
  readonly statistics = new Statistics();
  readonly slowLog: SlowLog;
  readonly latency: LatencyMonitor;
  readonly memory: Memory;
  readonly outputLimits: OutputLimits;
  readonly #housekeeping: Housekeeping;
  readonly settings: Settings;
  readonly #notifications = new Notifications(
    () => this.settings.text('notify-keyspace-events'),
    (channel, message) => this.channels.publish(channel, message),
  );
  /** Whether the command that runs only reads a key, so that it is told of where it is not there. */
  isReading: ((key: string) => boolean) | undefined;
  readonly user = new DefaultUser();
  readonly accessLog: AccessLog;
  readonly pause = new Pause();
  /** Changes since the last SAVE. */
  dirty = 0;
  /** Bytes kept for all clients: what they sent and what they have not read. */
  clientBytes = 0;
  /** For all clients, as `proto-max-bulk-len` says. */
  readonly requestLimits = { maxBulk: MAX_BULK };
  #port = 0;
  #lastId = 0;

  /**
   * @param persistence where SAVE writes
   * @param stop ends the server, for SHUTDOWN
   */
  constructor(
    readonly persistence: Persistence,
    readonly stop: () => void,
  ) {
    this.settings = new Settings(persistence.settings);
    this.accessLog = new AccessLog(this.settings);
    this.slowLog = new SlowLog(this.settings);
    this.settings.onChange('slowlog-max-len', () => this.slowLog.trim());
    this.latency = new LatencyMonitor(this.settings);
    this.memory = new Memory(this);
    this.outputLimits = new OutputLimits(this.settings);
    this.#housekeeping = new Housekeeping(this);
    this.tracking = new Tracking(
      (id) => this.sessions.get(id),
      () => this.settings.number('tracking-table-max-keys') || Number.POSITIVE_INFINITY,
    );
    this.settings.onChange('proto-max-bulk-len', (bytes) => {
      this.requestLimits.maxBulk = Number(bytes);
    });
    this.settings.onChange('requirepass', (password) => this.user.require(password));
  }

  /** For INFO; 0 where it listens on a unix socket. */
  get port(): number {
    return this.#port;
  }

  /** Told as soon as it listens: which port is free the system may have said. */
  listensOn(port: number): void {
    this.#port = port;
    this.settings.found('port', String(port));
  }

  get queryLimit(): number {
    return this.settings.number('client-query-buffer-limit');
  }

  /** The database of that number, made when it is first asked for. */
  database(index: number): Keyspace {
    const before = this.#databases[index];
    if (before) return before;
    const made = new Keyspace(this.#host, index, this);
    this.#databases[index] = made;
    return made;
  }

  /** Every key of one database against every key of another, whatever their number. */
  swap(one: number, other: number): void {
    const databases = [this.database(one), this.database(other)] as const;
    const concerned = (db: number, key: string) =>
      (db === one || db === other) && databases.some((database) => database.holds(key));
    this.watches.touchedWhere(concerned);
    databases[0].exchange(databases[1]);
    this.blocking.lookAt([one, other]);
    this.memory.measureAll();
    this.dirty += 1;
  }

  /** The databases that have been used. */
  *databases(): IterableIterator<Keyspace> {
    for (const database of this.#databases) if (database) yield database;
  }

  /** A session for a connection that has come in. */
  join(outlet: Outlet): Session {
    const session = new Session(this, ++this.#lastId, outlet);
    this.statistics.connections += 1;
    this.sessions.set(session.id, session);
    return session;
  }

  /** The connection is gone: it waits, listens and watches no more. */
  leave(session: Session): void {
    session.reset();
    this.sessions.delete(session.id);
  }

  /** Reads the RDB file, where there is one. @throws RdbError, or the file system's error */
  load(): void {
    this.persistence.load(this, this.functions);
    this.dirty = 0;
  }

  /** Writes the RDB file, where there is one. @throws CommandError where it cannot be written */
  save(): void {
    this.persistence.save(this, this.functions);
    this.dirty = 0;
  }

  close(): void {
    this.#housekeeping.stop();
    this.pause.end();
    this.busy.close();
    this.scripts.close();
    this.functions.close();
    for (const database of this.databases()) database.close();
    this.#databases = [];
  }

  touched(db: number, key: string): void {
    this.dirty += 1;
    this.watches.touched(db, key);
    this.blocking.touched(db, key);
    this.tracking.touched(key);
    this.memory.touched(db, key);
  }

  /** Whether anyone is to be told of keys that are looked for and are not there. */
  get tellsOfMisses(): boolean {
    return this.#notifications.wants('m');
  }

  happened(db: number, event: KeyEvent, key: string): void {
    this.#notifications.happened(db, event, key);
  }

  missed(db: number, key: string): void {
    if (this.isReading?.(key)) this.happened(db, 'keymiss', key);
  }

  expired(db: number, key: string): void {
    this.statistics.expired += 1;
    this.happened(db, 'expired', key);
    this.watches.touched(db, key);
    this.blocking.touched(db, key);
    this.tracking.touched(key);
    this.memory.touched(db, key);
  }

  cleared(db: number, keys: readonly string[]): void {
    this.dirty += keys.length;
    for (const key of keys) {
      this.watches.touched(db, key);
      this.blocking.touched(db, key);
      this.memory.touched(db, key);
    }
  }

  appeared(db: number, key: string): void {
    this.blocking.appeared(db, key);
  }

  /** A turn of a script that goes on: its changes are its client's, and those who wait get theirs. */
  #takeTurn(owner: Owner, go: () => void): void {
    const session = owner instanceof Session ? owner : undefined;
    this.tracking.current = session;
    go();
    if (this.busy.run) return;
    this.blocking.serve();
    this.tracking.settle();
  }
}
