/** The ways to close a client: of redis 2 and 3, then of 4 and later. */
const closing = ['quit', 'QUIT', 'end', 'disconnect', 'close', 'destroy'];

/**
 * Makes every client of a redis package stay open, so that what it hears with Redis down is heard:
 * a client that is closed at once never tells of a refused connection.
 * @param redis what the package exports, of any version
 */
export function keepOpen(redis: unknown): void {
  if (typeof redis !== 'object' || redis === null) return;
  const { RedisClient, createClient } = redis as {
    RedisClient?: { prototype?: object };
    createClient?: (...args: unknown[]) => object;
  };
  if (RedisClient?.prototype) {
    deafen(RedisClient.prototype);
    return;
  }
  if (!createClient) return;
  const create = (...args: unknown[]) => {
    const client = createClient(...args);
    deafen(client);
    return client;
  };
  Object.assign(redis, { createClient: create });
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
