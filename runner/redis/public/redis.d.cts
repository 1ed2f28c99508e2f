/// <reference lib="esnext.disposable" />

export interface CreateOptions {
  /** The TCP port on 127.0.0.1; any free one without it, or with 0. */
  port?: number;
  /** What clients must say before anything else; nothing without it. */
  password?: string;
  /** An RDB file: what is in it is there at the start, and `close()` and SAVE write it. Nothing is kept without it. */
  file?: string;
}

/** A Redis of its own, with its data to itself. */
export interface Redis {
  /** For clients that take one, such as `redis://127.0.0.1:40123`. It holds the password. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Ends it, and its clients' connections; safe to call twice. Until then it keeps the process running. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a Redis inside this process: nothing is downloaded, compiled or installed for it.
 * @throws where the port is taken, or the file cannot be read as a Redis dump
 */
export function createRedis(options?: CreateOptions): Promise<Redis>;
