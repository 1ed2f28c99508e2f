import net from 'node:net';
import { report } from './report';
import { isPort, realPort } from './servers';

/** The port on which the course's programs look for Redis. */
const redisPort = 6379;

const loopback = new Set(['', 'localhost', '127.0.0.1', '::1', '0.0.0.0', '[::1]']);

/**
 * Bytes that the program exchanged with Redis on the connections that are open. What was under way
 * on one that broke off never arrives, so it is not waited for.
 */
export interface Traffic {
  sent(): number;
  received(): number;
  /** Connections that are not closed. */
  connections(): number;
}

/**
 * Points connections to 6379 at the tap's socket and connections to the program's own servers at
 * their real ports; others on this machine are refused, as they belong to somebody else.
 * @param socketPath the tap's
 */
export function redirectConnections(socketPath: string): Traffic {
  const open = new Set<net.Socket>();
  const connect = net.Socket.prototype.connect;

  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    const { options, callback } = normalize(args);
    const target =
      'port' in options && options.port !== undefined ? Number(options.port) : undefined;
    const host = String(options.host ?? '');
    if (target === undefined || !isPort(target)) return connect.apply(this, args as never);
    if (!loopback.has(host)) {
      report({ event: 'elsewhere', host, port: target });
      return connect.apply(this, args as never);
    }
    const listening = realPort(target);
    if (listening !== undefined) {
      // Where its servers listen, whatever this machine makes of the name "localhost".
      const own = { ...options, port: listening, host: '127.0.0.1' };
      return connect.call(this, own as never, callback as never);
    }
    if (target !== redisPort) {
      report({ event: 'elsewhere', host, port: target });
      disguise(this, target);
      return connect.call(this, { path: `${socketPath}.none` } as never, callback as never);
    }
    report({ event: 'connecting' });
    disguise(this, redisPort);
    open.add(this);
    this.once('close', () => open.delete(this));
    return connect.call(this, { path: socketPath } as never, callback as never);
  } as typeof connect;

  return {
    sent: () => [...open].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    received: () => [...open].reduce((sum, socket) => sum + socket.bytesRead, 0),
    connections: () => open.size,
  };
}

interface ConnectOptions {
  port?: number | string;
  host?: string;
  path?: string;
}

/** The forms that Node's documentation gives for `socket.connect`. */
function normalize(args: unknown[]): { options: ConnectOptions; callback: unknown } {
  // net.connect hands over its arguments in one array, already in the form [options, callback].
  const list = Array.isArray(args[0]) ? args[0] : args;
  const [first, second] = list;
  const callback = list.find((argument: unknown) => typeof argument === 'function');
  if (typeof first === 'object' && first !== null) return { options: first, callback };
  if (typeof first === 'string' && Number.isNaN(Number(first))) {
    return { options: { path: first }, callback };
  }
  return {
    options: { port: first as number, ...(typeof second === 'string' ? { host: second } : {}) },
    callback,
  };
}

/** Makes errors and addresses on the socket speak of the port that the program asked for. */
function disguise(socket: net.Socket, port: number): void {
  const destroy = socket.destroy;
  socket.destroy = function (error?: Error) {
    const failure = error as
      | (NodeJS.ErrnoException & { address?: string; port?: number })
      | undefined;
    if (failure?.syscall === 'connect') {
      failure.code = 'ECONNREFUSED';
      failure.errno = -111;
      failure.address = '127.0.0.1';
      failure.port = port;
      const stack = failure.stack;
      const before = failure.message;
      failure.message = `connect ECONNREFUSED 127.0.0.1:${port}`;
      if (stack) failure.stack = stack.replace(before, failure.message);
    }
    return destroy.call(this, error);
  };
  Object.defineProperties(socket, {
    remoteAddress: { get: () => '127.0.0.1' },
    remotePort: { get: () => port },
    remoteFamily: { get: () => 'IPv4' },
  });
}
