import '../lua/configuration';
import RedisMock from 'ioredis-mock';

/** ioredis-mock's table of keys; every get and set copies the value, one level deep. */
export interface MockData {
  clear(): void;
  delete(key: string): void;
  get(key: string): unknown;
  has(key: string): boolean;
  /** The keys that have not expired. */
  keys(prefix?: string): string[];
  set(key: string, value: unknown): void;
}

/** ioredis-mock's table of times, in ms since 1970, at which keys go. */
export interface MockExpires {
  clear(): void;
  get(key: string): number | undefined;
  set(key: string, at: number): void;
  has(key: string): boolean;
  delete(key: string): void;
}

/** The store of one database inside ioredis-mock. */
export interface MockStore {
  readonly data: MockData;
  readonly expires: MockExpires;
  /** Empties it and lets go of the mock. */
  close(): void;
}

/**
 * Opens a store of ioredis-mock's. Its data live in a context that instances with the same host,
 * port and db share; the types on npm do not tell of it.
 * @param host a name that nothing else uses, so that the store is empty and private
 */
export function openStore(host: string, db: number): MockStore {
  const mock = new RedisMock({ host, db });
  const { data, expires } = (mock as unknown as { context: MockStore }).context;
  return {
    data,
    expires,
    close() {
      data.clear();
      expires.clear();
      mock.disconnect();
    },
  };
}
