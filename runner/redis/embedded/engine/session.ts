import type { Reply } from '../protocol/reply';
import { type Resp, resp2 } from '../protocol/resp';
import type { Keyspace } from '../store/keyspace';
import type { Host } from './host';
import type { Tracked } from './tracking';

/** Where a session's replies go; a script's session has none. */
export interface Outlet {
  /** As `127.0.0.1:50312`, or the socket's path with `:0`. */
  readonly address: string;
  /** Where the client came in, in the same form. */
  readonly localAddress: string;
  /** Bytes that were received and not yet run, those of the command that runs included, and those not yet sent. */
  readonly held: number;
  readonly unread: number;
  /** A reply, unless CLIENT REPLY has asked for silence. */
  write(reply: Reply): void;
  /** What is no reply and so goes out all the same, such as a message of a channel. */
  push(message: Reply): void;
  /** Goes on with what the client has sent while it was blocked. */
  resume(): void;
  /** Closes once what was written has gone out. */
  end(): void;
  /** Closes at once. */
  kill(): void;
}

/** Commands queued by MULTI; `failed` where one of them could not be queued. */
export interface Transaction {
  /** Each runs one command, and returns its reply or its error. */
  readonly queue: (() => Reply)[];
  /** Bytes in the queue. */
  bytes: number;
  failed: boolean;
  /** One of them may change something, one writes, one may need more memory. */
  changes: boolean;
  writes: boolean;
  grows: boolean;
}

/** One client: what the server remembers between its commands. */
export class Session {
  name = '';
  db: Keyspace;
  /** The protocol of its replies. */
  resp: Resp = resp2;
  /** There while it keeps copies of what it reads. */
  tracking: Tracked | undefined;
  transaction: Transaction | undefined;
  /** Keys under WATCH, as `db:key`, with whether each was there then. */
  readonly watched = new Map<string, { db: number; key: string; existed: boolean }>();
  /** A watched key was changed: EXEC does nothing. */
  dirty = false;
  /** Bytes in the names that it watches and subscribes to. */
  names = 0;
  readonly channels = new Set<string>();
  readonly patterns = new Set<string>();
  readonly shardChannels = new Set<string>();
  /** There while the client waits; both ways end that, `unblock` with a reply. */
  blocked: { cancel(): void; unblock(withError: boolean): void } | undefined;
  /** Told of the reply that ends the wait, unless that was the end of its time. */
  served: ((reply: Reply) => void) | undefined;
  monitoring = false;
  /** Has said the password, or came when there was none. */
  authenticated: boolean;
  /** What CLIENT REPLY has asked for; `next`: of the next command no reply goes out, `skip`: of this one. */
  replies: 'on' | 'off' | 'next' | 'skip' = 'on';
  /** CLIENT NO-EVICT: not cut off where all clients together take too much. */
  stays = false;
  /** Runs for a script: nothing can wait. */
  readonly scripted: boolean;
  lastCommand = '';
  /** Bytes in the words of the command that runs, or that the client waits in. */
  argumentBytes = 0;
  readonly since = Date.now();
  lastActive = Date.now();

  constructor(
    readonly host: Host,
    readonly id: number,
    readonly outlet: Outlet,
    { scripted = false } = {},
  ) {
    this.scripted = scripted;
    this.db = host.database(0);
    this.authenticated = host.user.isOpen;
  }

  /** Bytes of commands and names that the server keeps for this client. */
  get kept(): number {
    return (this.transaction?.bytes ?? 0) + this.names;
  }

  get subscriptions(): number {
    return this.channels.size + this.patterns.size + this.shardChannels.size;
  }

  /** No blocking inside EXEC or a script. */
  get mayBlock(): boolean {
    return !this.scripted && !this.transaction;
  }

  /** Whether it may do nothing yet but say the password. */
  get isStranger(): boolean {
    return !this.authenticated && !this.host.user.isOpen;
  }

  unwatch(): void {
    this.host.watches.release(this);
    this.dirty = false;
  }

  /** Ends the transaction without running it. */
  discard(): void {
    this.transaction = undefined;
    this.unwatch();
  }

  /** As at its start; QUIT, RESET and a closed connection come here. */
  reset(): void {
    this.discard();
    this.blocked?.cancel();
    this.blocked = undefined;
    this.host.channels.leave(this);
    this.host.tracking.stop(this);
    this.monitoring = false;
    this.host.monitors.delete(this);
    this.db = this.host.database(0);
    this.resp = resp2;
    this.name = '';
    this.authenticated = this.host.user.isOpen;
    this.replies = 'on';
    this.stays = false;
  }
}
