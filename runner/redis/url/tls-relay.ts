import net from 'node:net';
import tls from 'node:tls';
import { ConnectionLost } from '../connection';

interface Server {
  host: string;
  port: number;
}

/**
 * A door on this machine to a server that speaks TLS, so that whoever connects need not. It stays
 * open as long as the process, and does not keep it running.
 * @param patience for a first connection, in ms
 * @throws ConnectionLost where the server cannot be reached, or its certificate is not trusted
 */
export async function tlsRelay(
  server: Server,
  patience: number,
): Promise<{ host: string; port: number }> {
  await attempt(server, patience);
  const door = net.createServer((near) => {
    const far = connect(server);
    far.on('error', () => near.destroy());
    near.on('error', () => far.destroy());
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    near.pipe(far).pipe(near);
  });
  door.unref();
  await new Promise((resolve, reject) => {
    door.once('error', reject).listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const { port } = door.address() as net.AddressInfo;
  return { host: '127.0.0.1', port };
}

/** Once without the door, which cannot pass on why a connection fails. */
async function attempt(server: Server, patience: number): Promise<void> {
  const socket = connect(server);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve).once('error', reject);
      socket.setTimeout(patience, () => reject(new ConnectionLost('no answer', 'ETIMEDOUT')));
    });
  } catch (error) {
    if (error instanceof ConnectionLost || !(error instanceof Error)) throw error;
    throw new ConnectionLost(error.message, (error as NodeJS.ErrnoException).code);
  } finally {
    socket.destroy();
  }
}

function connect(server: Server): tls.TLSSocket {
  const name = net.isIP(server.host) ? {} : { servername: server.host };
  return tls.connect({ host: server.host, port: server.port, ...name });
}
