import { ConnectionLost, openConnection, type RedisConnection } from '../connection';
import { EnvironmentError, type OpenOptions, type RedisInstance } from '../instance';
import type { UrlAddress } from './address';
import { writeClaim } from './claim';
import { clearDatabase, emptyDatabases, parseClients } from './databases';
import { urlFault } from './url-error';

/** A server that is not ours, and which of its databases this run has. */
export class UrlServer {
  /** The databases that instances of this run have. */
  readonly #held = new Set<number>();
  #onRelease: (() => void)[] = [];

  constructor(
    readonly url: UrlAddress,
    readonly address: { host: string; port: number },
    readonly patience: number,
  ) {}

  /** Opens a connection for one purpose; what goes wrong becomes a sentence. */
  async attempt<T>(act: (connection: RedisConnection) => Promise<T>): Promise<T> {
    let connection: RedisConnection | undefined;
    try {
      connection = await this.#connect();
      return await act(connection);
    } catch (error) {
      throw urlFault(error, this.url);
    } finally {
      await connection?.close();
    }
  }

  /** @throws EnvironmentFault where there is no database to be had */
  async expectEmpty(connection: RedisConnection): Promise<void> {
    if ((await this.#candidates(connection)).length === 0) throw noneEmpty(this.url);
  }

  async open(version: string, options: OpenOptions = {}): Promise<RedisInstance> {
    if (options.rdb !== undefined || options.port !== undefined) {
      throw new EnvironmentError(
        `The Redis at ${this.url.shown} is your own: it takes no file and no port from the workbook.`,
        'Leave --redis out.',
      );
    }
    const connection = await this.#connect().catch((error: unknown) => {
      throw urlFault(error, this.url);
    });
    try {
      const db = await this.#take(connection);
      return this.#instance(connection, db, version);
    } catch (error) {
      await connection.close();
      throw urlFault(error, this.url);
    }
  }

  /** The databases that may be used, the best first: not 0, where most programs go, if avoidable. */
  async #candidates(connection: RedisConnection): Promise<number[]> {
    const empty = await emptyDatabases(connection);
    const named = this.url.db;
    if (named === undefined) return empty.sort((a, b) => b - a);
    if (empty.includes(named) || this.#held.has(named)) return [named];
    throw new EnvironmentError(
      `Database ${named} of the Redis at ${this.url.shown} is not there or not empty.`,
      `Leave /${named} out of the URL, and the workbook looks for one that is empty.`,
    );
  }

  #connect(): Promise<RedisConnection> {
    const preamble = [...authentication(this.url), ['PING']];
    return openConnection({ address: this.address, preamble }, this.patience);
  }

  /** Takes one of the empty databases; where this run has them all, waits until it gives one back. */
  async #take(connection: RedisConnection): Promise<number> {
    for (;;) {
      for (const db of await this.#candidates(connection)) {
        if (this.#held.has(db)) continue;
        this.#held.add(db);
        if (await isFree(connection, db).catch(() => false)) return db;
        this.#held.delete(db);
        // Who waits for it may find that none is left to wait for.
        for (const wake of this.#onRelease.splice(0)) wake();
      }
      if (this.#held.size === 0) throw noneEmpty(this.url);
      await new Promise<void>((resolve) => this.#onRelease.push(resolve));
    }
  }

  #instance(connection: RedisConnection, db: number, version: string): RedisInstance {
    const claim = writeClaim(this.url.shown, db);
    let closing: Promise<void> | undefined;
    const close = async () => {
      await inTime(clearDatabase(connection), this.patience)
        .catch(() =>
          this.attempt((again) => again.send(...select(db)).then(() => clearDatabase(again))),
        )
        // Not reachable any more: the claim stays for the next start.
        .then(claim.release, () => {});
      await connection.close();
      this.#held.delete(db);
      for (const wake of this.#onRelease.splice(0)) wake();
    };
    return {
      kind: 'url',
      version,
      address: { host: this.address.host, port: this.address.port },
      preamble: [...authentication(this.url), select(db)],
      shared: true,
      close() {
        closing ??= close();
        return closing;
      },
    };
  }
}

/**
 * Selects a database and looks around in one transaction: of two runs that try at the same time,
 * the second sees the first.
 */
async function isFree(connection: RedisConnection, db: number): Promise<boolean> {
  const [id, , , , , , found] = await connection.sendAll([
    ['CLIENT', 'ID'],
    ['MULTI'],
    select(db),
    ['CLIENT', 'SETNAME', clientName],
    ['DBSIZE'],
    ['CLIENT', 'LIST'],
    ['EXEC'],
  ]);
  if (!Array.isArray(found)) return isEmpty(connection, db);
  const [, , size, list] = found;
  const taken = parseClients(list).some(
    (client) => client.db === db && client.name === clientName && client.id !== id,
  );
  if (size === 0 && !taken) return true;
  await connection.sendAll([['CLIENT', 'SETNAME', '']]);
  return false;
}

/** For a user who may not look at other clients: only runs on this machine are kept apart. */
async function isEmpty(connection: RedisConnection, db: number): Promise<boolean> {
  const [, size] = await connection.sendAll([select(db), ['DBSIZE']]);
  return size === 0;
}

/** @throws ConnectionLost where a server that hangs does not answer in so many ms */
async function inTime(work: Promise<void>, limit: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ConnectionLost('Redis does not answer.')), limit);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function authentication(url: UrlAddress): string[][] {
  // Before Redis 6 there were no users, and AUTH took the password alone.
  if (url.username && url.username !== 'default') return [['AUTH', url.username, url.password]];
  return url.password ? [['AUTH', url.password]] : [];
}

const select = (db: number) => ['SELECT', String(db)];

function noneEmpty(url: UrlAddress): EnvironmentError {
  return new EnvironmentError(
    `The Redis at ${url.shown} has no empty database that is free, and the workbook touches no other.`,
    'Empty one that you no longer need, or leave --redis out: the workbook then brings its own.',
  );
}

/** The name under which our connections stand in CLIENT LIST: it holds a database against other runs. */
const clientName = 'queuing-workbook';
