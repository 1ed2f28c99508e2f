/** The ways to close a client: of redis 2 and 3, then of 4 and later. */
const closing = ['quit', 'QUIT', 'end', 'disconnect', 'close', 'destroy'];

type Create = (options?: object, ...rest: unknown[]) => object;

/** What the package exports, as far as it matters here. */
interface Redis {
  RedisClient?: { prototype: object };
  createClient: Create;
}

/**
 * Prepares the clients that a program makes with a redis package.
 * @param loaded what the package exports, of any version
 * @param neverQuit they stay open whatever they are told, so that what they hear with Redis down is
 *   heard: a client that is closed at once never tells of a refused connection
 */
export function prepareClients(loaded: unknown, neverQuit: boolean): void {
  if (!isRedis(loaded)) return;
  const { RedisClient, createClient } = loaded;
  // The client of callbacks, up to redis 3; what later ones export under the name is another.
  if (RedisClient && 'internal_send_command' in RedisClient.prototype) {
    if (neverQuit) deafen(RedisClient.prototype);
    return;
  }
  // From redis 6 on RESP3 is what clients ask for first; the tap and the embedded Redis speak RESP2.
  loaded.createClient = (options, ...rest) => {
    const client = createClient({ RESP: 2, ...options }, ...rest);
    if (neverQuit) deafen(client);
    return client;
  };
}

function isRedis(loaded: unknown): loaded is Redis {
  if (typeof loaded !== 'object' || loaded === null || !('createClient' in loaded)) return false;
  return Object.getOwnPropertyDescriptor(loaded, 'createClient')?.writable ?? false;
}

function deafen(client: object): void {
  for (const name of closing) {
    if (name in client) Object.defineProperty(client, name, { value: stay, configurable: true });
  }
}

/** Right for both kinds: what is returned can be awaited, and a callback is never called. */
async function stay(): Promise<string> {
  return 'OK';
}
