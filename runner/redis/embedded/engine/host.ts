import type { Keyspace } from '../store/keyspace';
import type { AccessLog } from './access-log';
import type { Blocking } from './blocking';
import type { Channels } from './channels';
import type { Monitors } from './monitors';
import type { Tracking } from './tracking';
import type { DefaultUser } from './user';
import type { Watches } from './watches';

/** What a session needs of the Redis that it belongs to. */
export interface Host {
  /** The database of that number, made when it is first asked for. */
  database(index: number): Keyspace;
  /** Exchanges the keys of two databases. */
  swap(one: number, other: number): void;
  readonly blocking: Blocking;
  readonly channels: Channels;
  readonly watches: Watches;
  readonly tracking: Tracking;
  readonly monitors: Monitors;
  readonly user: DefaultUser;
  readonly accessLog: AccessLog;
}
