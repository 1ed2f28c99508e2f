import { Keyspace } from '../../../grading/program/keyspace';
import type { KeyEntry } from '../../../grading/verdict';
import { openConnection, type RedisConnection } from '../../../redis/connection';
import type { RedisInstance, RedisSource } from '../../../redis/instance';
import { Shared } from '../../../sandbox/confinement/confinement';

/**
 * The Redis that everything in a lesson's text has in common: a cell hears what another publishes,
 * and the prompt sees what both of them left.
 */
export class Room {
  /** Hands it out, to be closed as often as anybody likes: it is there until the room is. */
  readonly source: RedisSource;
  /** On a Redis that is not ours: what makes the cells' channels one another's. */
  readonly shared: Shared | undefined;
  readonly #instance: RedisInstance;
  readonly #connection: RedisConnection;
  readonly #keyspace: Keyspace;
  #lost = false;

  private constructor(instance: RedisInstance, connection: RedisConnection) {
    this.#instance = instance;
    this.#connection = connection;
    this.#keyspace = new Keyspace(connection);
    this.shared = instance.shared ? new Shared() : undefined;
    const { kind, version, address, preamble, shared } = instance;
    const open = async () => ({ kind, version, address, preamble, shared, close: async () => {} });
    this.source = { kind, version, open };
    void connection.ended.then(() => {
      this.#lost = true;
    });
  }

  /** @throws EnvironmentError where there is no Redis to be had */
  static async open(source: RedisSource): Promise<Room> {
    const instance = await source.open({ keepsToItself: true });
    try {
      return new Room(instance, await openConnection(instance));
    } catch (error) {
      await instance.close();
      throw error;
    }
  }

  /** Whether its Redis has ended: a command such as SHUTDOWN does that. */
  get isLost(): boolean {
    return this.#lost;
  }

  /** What its Redis holds; nothing where that is gone. */
  async keys(): Promise<KeyEntry[]> {
    return this.#keyspace.snapshot().catch(() => []);
  }

  /** Empties it. */
  async clear(): Promise<void> {
    await this.#keyspace.clear();
  }

  async close(): Promise<void> {
    await this.#connection.close();
    await this.#instance.close();
  }
}
