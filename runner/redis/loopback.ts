import net from 'node:net';
import { EnvironmentError } from './instance';

/**
 * Whether this machine can listen on an address of its own, and be reached there.
 * @param host such as `127.0.0.1`
 * @returns the system's word for why not; nothing where it can
 */
export function loopbackFault(host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer((socket) => socket.destroy());
    const finish = (error?: NodeJS.ErrnoException) => {
      server.close();
      resolve(error && (error.code ?? error.message));
    };
    server.once('error', finish);
    server.listen({ port: 0, host }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const socket = net.connect({ host, port });
      socket.once('error', finish);
      socket.once('connect', () => {
        socket.destroy();
        finish();
      });
    });
  });
}

/**
 * A browser reaches a server that runs over the loopback; a check does without.
 * @throws EnvironmentError where this machine has none
 */
export async function expectLoopback(): Promise<void> {
  const fault = await loopbackFault('127.0.0.1');
  if (fault === undefined) return;
  throw new EnvironmentError(
    `This machine cannot reach itself at 127.0.0.1 (${fault}), and a server that you run is reached nowhere else.`,
    'Bring the loopback up (on Linux: ip link set lo up), or give the container a network with IPv4.',
  );
}
