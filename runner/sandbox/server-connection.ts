import { lstatSync } from 'node:fs';
import net from 'node:net';

/** How long it takes until there may be room again, in milliseconds. */
const interval = 10;

export interface ConnectionOptions {
  /** Gives up waiting. */
  signal: AbortSignal;
  /** Whether one side may end before the other does. */
  allowHalfOpen?: boolean;
  platform?: NodeJS.Platform;
}

/**
 * Connects to a program's server. Where too many wait for it already this one waits for room, as
 * with TCP the system does.
 * @param path its socket
 * @throws the system's error where nobody listens there, or what is there is no socket; the signal's reason
 */
export async function connectToServer(
  path: string,
  { signal, allowHalfOpen = false, platform = process.platform }: ConnectionOptions,
): Promise<net.Socket> {
  expectSocket(path, platform);
  for (;;) {
    try {
      return await connect(path, allowHalfOpen);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== queueIsFull(platform)) throw error;
    }
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, interval));
    signal.throwIfAborted();
  }
}

/** What a system says where more wait for a server on a socket than it takes; on Linux nothing else does. */
export function queueIsFull(platform: NodeJS.Platform): string {
  return platform === 'linux' ? 'EAGAIN' : 'ECONNREFUSED';
}

/**
 * A program may put a link in its server's place, to a socket that it cannot reach itself. On Windows it
 * is a named pipe, in no folder.
 */
function expectSocket(path: string, platform: NodeJS.Platform): void {
  if (platform === 'win32' || lstatSync(path).isSocket()) return;
  throw new Error(`${path} is no socket`);
}

function connect(path: string, allowHalfOpen: boolean): Promise<net.Socket> {
  const socket = net.connect({ path, allowHalfOpen });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
