import dns from 'node:dns';
import net from 'node:net';
import { report } from './report';

/** Asked port to real port, for the servers that are open. */
const ports = new Map<number, number>();

/** The real port of the program's own server, where it has one on the asked port. */
export function realPort(asked: number): number | undefined {
  return ports.get(asked);
}

/**
 * Lets servers listen on a free loopback port, whatever they ask for, and tells the runner.
 * @param fixed a port that a server gets as it asks, where the learner is to reach it there
 */
export function mapServers(fixed?: number): void {
  const listen = net.Server.prototype.listen;

  net.Server.prototype.listen = function (this: net.Server, ...args: unknown[]) {
    const asked = askedPort(args);
    // A named pipe, a handle, or nonsense: nothing that could collide with the learner's ports.
    if (asked === undefined || !isPort(asked)) return listen.apply(this, args as never);
    const callback = args.find((argument) => typeof argument === 'function');
    if (asked !== 0 && ports.has(asked)) return refuse(this, asked);
    const real = asked === fixed ? asked : 0;
    let shown = asked;
    if (asked !== 0) ports.set(asked, real);
    const note = () => {
      const address = address_.call(this);
      if (address === null || typeof address === 'string') return undefined;
      shown = asked || address.port;
      ports.set(shown, address.port);
      return address.port;
    };
    this.once('listening', () => {
      const port = note();
      if (port !== undefined) report({ event: 'listening', asked: shown, port });
    });
    this.once('close', () => ports.delete(shown));
    if (asked !== 0) {
      this.address = () => {
        const address = address_.call(this);
        return address !== null && typeof address === 'object'
          ? { ...address, port: asked }
          : address;
      };
    }
    withoutLookup(() => {
      listen.call(this, { port: real, host: '127.0.0.1' } as never, callback as never);
    });
    // As where no host is given, its address is known at once.
    note();
    return this;
  } as typeof listen;
}

/** Node looks up even an address, which takes a turn; a server without a host is there at once. */
function withoutLookup(work: () => void): void {
  const { lookup } = dns;
  const answer = (...args: unknown[]) => {
    const callback = args.at(-1);
    if (typeof callback === 'function') callback(null, '127.0.0.1', 4);
  };
  Object.assign(dns, { lookup: answer });
  try {
    work();
  } finally {
    dns.lookup = lookup;
  }
}

const address_ = net.Server.prototype.address;

function askedPort(args: unknown[]): number | undefined {
  const [first] = args;
  if (first === undefined || typeof first === 'function') return 0;
  if (typeof first === 'number') return first;
  if (typeof first === 'string') return /^\d+$/.test(first) ? Number(first) : undefined;
  if (typeof first !== 'object' || first === null || !('port' in first)) return undefined;
  return Number(first.port);
}

/** Whether a port can have this number, from 0. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= 65535;
}

/** What the operating system says where a program listens twice on one port. */
function refuse(server: net.Server, port: number): net.Server {
  report({ event: 'taken', port });
  const error = Object.assign(new Error(`listen EADDRINUSE: address already in use :::${port}`), {
    code: 'EADDRINUSE',
    errno: -98,
    syscall: 'listen',
    address: '::',
    port,
  });
  process.nextTick(() => server.emit('error', error));
  return server;
}
