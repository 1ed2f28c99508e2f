import { createRequire, Module } from 'node:module';

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

interface Context {
  readonly data: MockData;
}

/** The store of one database inside ioredis-mock. */
export interface MockStore extends Context {
  /** Empties it and lets go of the mock. */
  close(): void;
}

/**
 * Opens a store of ioredis-mock's. Its commands are asynchronous, and Redis runs each to its end at
 * once, so the tables themselves are taken: the context that instances with the same host, port and
 * db share. The types on npm leave it out.
 * @param host a name that nothing else uses, so that the store is empty and private
 * @throws Error where this version of ioredis-mock has no such context
 */
export function openStore(host: string, db: number): MockStore {
  const RedisMock = loadMock();
  const mock: object & { disconnect(): void } = new RedisMock({ host, db });
  if (!hasContext(mock)) throw new Error('ioredis-mock has no context with data.');
  const { data } = mock.context;
  return {
    data,
    close() {
      data.clear();
      mock.disconnect();
    },
  };
}

/**
 * The mock brings a Lua of its own, which nobody runs here and which takes longer to load than all
 * the rest: for as long as the mock loads, an empty module stands in its place.
 */
function loadMock(): typeof import('ioredis-mock') {
  const load = createRequire(__filename);
  const fromMock = createRequire(load.resolve('ioredis-mock'));
  const lua = ['fengari', 'fengari-interop'].map((name) => fromMock.resolve(name));
  const absent = lua.filter((file) => !load.cache[file]);
  for (const file of absent) load.cache[file] = Object.assign(new Module(file), { loaded: true });
  try {
    return load('ioredis-mock');
  } finally {
    for (const file of absent) delete load.cache[file];
  }
}

function hasContext<Mock extends object>(mock: Mock): mock is Mock & { context: Context } {
  return 'context' in mock && hasKey(mock.context, 'data');
}

function hasKey(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && key in value;
}
