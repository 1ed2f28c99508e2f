import type { ProgramSettings } from '../process/settings';
import { reportPublish } from './moments';

/** The ways to close a client: of redis 2 and 3, then of 4 and later. */
const closing = ['quit', 'QUIT', 'end', 'disconnect', 'close', 'destroy'];

/** The ways to publish by a method of its own: of redis 4 and later. */
const publishing = ['publish', 'PUBLISH'];

/** What makes a client, or in redis 5 and later a pool of them, which is used as a client is. */
const creators = ['createClient', 'createClientPool'] as const;

type Create = (...args: unknown[]) => Record<string, unknown>;

/** What the package exports, as far as it matters here. */
interface Redis extends Partial<Record<(typeof creators)[number], Create>> {
  RedisClient?: { prototype: object | CallbackClient };
}

/** What every command passes in redis 2 and 3, at once and again where it had to wait. */
interface CallbackClient {
  internal_send_command(command: { command: string; args: unknown[] }): unknown;
}

/** What is to be done to clients: see the settings of a program. */
export type Preparation = Pick<ProgramSettings, 'neverQuits' | 'reconnectsSoon' | 'watchMoments'>;

/** How long a client waits then before it tries to connect again, in milliseconds. */
const soon = 10;

/**
 * Prepares the clients that a program makes with a redis package.
 * @param loaded what the package exports, of any version
 * @param preparation where they never quit, they stay open whatever they are asked, so that what they
 *   hear with Redis down is heard: a client that is closed at once never tells of a refused connection
 */
export function prepareClients(loaded: unknown, preparation: Preparation): void {
  if (!isRedis(loaded)) return;
  const { RedisClient } = loaded;
  // The client of callbacks, up to redis 3; what later ones export under the name is another.
  if (RedisClient && 'internal_send_command' in RedisClient.prototype) {
    if (preparation.neverQuits) deafen(RedisClient.prototype);
    if (preparation.watchMoments) watchCommands(RedisClient.prototype);
    return;
  }
  for (const creator of creators) {
    const create = loaded[creator];
    if (!create) continue;
    loaded[creator] = (...args) => {
      const client = create(...(preparation.reconnectsSoon ? hastened(args) : args));
      prepareClient(client, preparation);
      return client;
    };
  }
}

/** What it makes by duplicate() is prepared as well. */
function prepareClient(client: Record<string, unknown>, preparation: Preparation): void {
  if (preparation.neverQuits) deafen(client);
  if (preparation.watchMoments) watchMethods(client);
  const { duplicate } = client;
  if (typeof duplicate !== 'function') return;
  client.duplicate = (...args: unknown[]) => {
    const copy = duplicate.apply(client, preparation.reconnectsSoon ? hastened(args) : args);
    prepareClient(copy, preparation);
    return copy;
  };
}

function isRedis(loaded: unknown): loaded is Redis {
  if (typeof loaded !== 'object' || loaded === null || !('createClient' in loaded)) return false;
  return Object.getOwnPropertyDescriptor(loaded, 'createClient')?.writable ?? false;
}

/** The arguments that a client is made with; of its own strategy it keeps when it gives up. */
function hastened([options, ...others]: unknown[]): unknown[] {
  if (!hasStrategy(options)) return [options, ...others];
  const { socket } = options;
  const strategy = socket.reconnectStrategy;
  const reconnectStrategy =
    typeof strategy === 'function'
      ? (...given: unknown[]) => shortened(strategy(...given))
      : shortened(strategy);
  return [{ ...options, socket: { ...socket, reconnectStrategy } }, ...others];
}

function shortened(delay: unknown): unknown {
  return typeof delay === 'number' ? Math.min(delay, soon) : delay;
}

function hasStrategy(options: unknown): options is { socket: { reconnectStrategy: unknown } } {
  if (typeof options !== 'object' || options === null || !('socket' in options)) return false;
  const { socket } = options;
  return typeof socket === 'object' && socket !== null && 'reconnectStrategy' in socket;
}

function deafen(client: object): void {
  for (const name of closing) {
    if (name in client) Object.defineProperty(client, name, { value: stay, configurable: true });
  }
}

function watchCommands(prototype: CallbackClient): void {
  const send = prototype.internal_send_command;
  prototype.internal_send_command = function (command) {
    if (command.command.toLowerCase() === 'publish') reportPublish(command.args[1]);
    return send.call(this, command);
  };
}

function watchMethods(client: Record<string, unknown>): void {
  for (const name of publishing) {
    const publish = client[name];
    if (typeof publish !== 'function') continue;
    client[name] = (...args: unknown[]) => {
      reportPublish(args[1]);
      return publish.apply(client, args);
    };
  }
}

/** Right for both kinds: what is returned can be awaited, and a callback is never called. */
async function stay(): Promise<string> {
  return 'OK';
}
