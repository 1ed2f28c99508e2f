import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';

let last = randomInt(20_000, 30_000);

/**
 * A port that is free now, stays so while nobody listens there, and is another one each time: below those that a
 * system gives to connections and to who asks for any, of which one could be on it just then, even a connection to
 * itself.
 */
export async function lastingPort(): Promise<number> {
  for (;;) {
    last += 1;
    const port = last;
    const server = net.createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
