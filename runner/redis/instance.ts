/** Which kind of Redis serves a run; the screen and `--json` name it. */
export type RedisKind = 'server' | 'embedded' | 'url';

/** Where to open a connection: a unix socket, or a host and a TCP port. */
export type Address = { path: string } | { host: string; port: number };

/** One Redis for one check, or for one look at it. Nothing else uses its data while it is open. */
export interface RedisInstance {
  readonly kind: RedisKind;
  /** The server's own word for its version, such as `7.0.15`. */
  readonly version: string;
  readonly address: Address;
  /** Commands to send first on every new connection (AUTH, SELECT); empty for our own servers. */
  readonly preamble: readonly (readonly string[])[];
  /** True where the server is the learner's: dangerous commands must be confined. */
  readonly shared: boolean;
  /** Stops it and removes what it made: processes, sockets, folders, keys. Safe to call twice. */
  close(): Promise<void>;
}

/** Opens instances of one kind; made once a run. */
export interface RedisSource {
  readonly kind: RedisKind;
  readonly version: string;
  /**
   * Opens an empty Redis.
   * @throws EnvironmentFault where none can be had
   */
  open(options?: OpenOptions): Promise<RedisInstance>;
}

export interface OpenOptions {
  /** An RDB file to start from, and to write on SAVE; none for an empty Redis kept in memory. */
  rdb?: string;
  /** Listen on this TCP port of 127.0.0.1 in place of a private socket. */
  port?: number;
  /** Refuse what would have it connect to others: its clients are strangers. */
  keepsToItself?: boolean;
}

/** The environment is at fault, not the learner's code: shown as one sentence, exit code 3. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentFault';
  /**
   * @param next what to do about it, a sentence
   * @param options what the system said, as the cause
   */
  constructor(
    message: string,
    readonly next: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
