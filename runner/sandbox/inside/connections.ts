import net from 'node:net';
import { handleOf, tellAddresses } from './addresses';
import { report } from './report';
import { freePort, isPort, socketOf } from './servers';

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
  /** Those of them that the program has not told to close. */
  unclosed(): number;
}

/**
 * Points connections to 6379 at the tap's socket and connections to the program's own servers at
 * theirs; others on this machine are refused, as they belong to somebody else.
 * @param tap its socket
 */
export function redirectConnections(tap: string): Traffic {
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
    const to = (path: string) => {
      nameErrors(this, target);
      if (handleOf(this)) {
        // TLS made its handle before, for TCP: connected to a path it would abort Node.
        const error = Object.assign(new Error('connect'), { syscall: 'connect' });
        process.nextTick(() => this.destroy(error));
        return this;
      }
      connect.call(this, { path } as never, callback as never);
      nameEnds(this, target);
      return this;
    };
    const own = socketOf(target);
    if (own !== undefined) return to(own);
    if (target !== redisPort) {
      report({ event: 'elsewhere', host, port: target });
      return to(`${tap}.none`);
    }
    report({ event: 'connecting' });
    open.add(this);
    this.once('close', () => open.delete(this));
    return to(tap);
  } as typeof connect;

  return {
    sent: () => [...open].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    received: () => [...open].reduce((sum, socket) => sum + socket.bytesRead, 0),
    connections: () => open.size,
    unclosed: () =>
      [...open].filter(({ destroyed, writableEnded }) => !destroyed && !writableEnded).length,
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

/** Makes errors on the socket speak of the port that the program asked for. */
function nameErrors(socket: net.Socket, port: number): void {
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
}

/** Makes addresses on the socket be those of a connection to the port that the program asked for. */
function nameEnds(socket: net.Socket, port: number): void {
  const handle = handleOf(socket);
  const end = { address: '127.0.0.1', family: 'IPv4' } as const;
  if (handle) tellAddresses(handle, { ...end, port: freePort() }, { ...end, port });
}
