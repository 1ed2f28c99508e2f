import dns from 'node:dns';
import net from 'node:net';
import { type Address, type Handle, handleOf, tellAddresses } from './addresses';
import { report } from './report';

interface OwnServer {
  /** Absolute. */
  socket: string;
  handle: Handle;
}

/** The program's open servers, by the ports that they seem to have. */
const servers = new Map<number, OwnServer>();

/** The socket of the program's own server, where it has one on the port. */
export function socketOf(port: number): string | undefined {
  return servers.get(port)?.socket;
}

/** How many of the program's servers on ports keep it running. */
export function countServers(): number {
  return [...servers.values()].filter(({ handle }) => handle.hasRef()).length;
}

/** What Node does once it has read the arguments of `listen` and looked up the host: kept by this name for those who wrap it. */
interface Listening {
  _listen2(
    this: net.Server,
    address: string | null,
    port: number | null,
    addressType: number | null,
    backlog?: number,
    fd?: number,
    flags?: number,
  ): void;
}

/** More than a system lets wait: it takes as many as it can. */
const longestQueue = 65_535;

/**
 * Lets servers that ask for a port listen on a Unix socket in its place, and tells the runner.
 * @param prefix what the sockets' paths begin with; a number follows
 */
export function serveOnSockets(prefix: string): void {
  const prototype = net.Server.prototype as unknown as Listening;
  const { _listen2: listen } = prototype;
  let count = 0;

  prototype._listen2 = function (address, port, addressType, backlog, ...rest) {
    // A named pipe or a handle: nothing that could collide with the learner's ports.
    if (port === null || !isPort(port)) {
      return listen.call(this, address, port, addressType, backlog, ...rest);
    }
    const shown = shownAddress(address, addressType, port);
    if (servers.has(shown.port)) return refuse(this, shown);
    count += 1;
    const number = count;
    const socket = `${prefix}${number}`;
    listen.call(this, socket, -1, -1, Math.max(backlog ?? 0, longestQueue));
    const handle = handleOf(this);
    // It could not, and Node tells the program.
    if (!handle) return;
    const server = { socket, handle };
    servers.set(shown.port, server);
    disguise(handle, shown);
    this.prependOnceListener('listening', () => {
      if (servers.get(shown.port) !== server) return;
      report({ event: 'listening', asked: shown.port, socket: number });
    });
  };
  nameLocalhost();
}

/** Whether a port can have this number, from 0. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= 65535;
}

/** The first of the ports that Linux gives to whoever asks for any, and how many there are. */
const firstFree = 32_768;
const countFree = 28_232;

let lastFree = process.pid;

/** A port at which none of the program's servers seems to listen. */
export function freePort(): number {
  do lastFree += 1;
  while (servers.has(firstFree + (lastFree % countFree)));
  return firstFree + (lastFree % countFree);
}

/** What the server tells of itself. Without a host it takes IPv4 as well, as Node has it. */
function shownAddress(address: string | null, type: number | null, port: number): Address {
  const shown = address ?? '::';
  const family = address !== null && type === 4 ? 'IPv4' : 'IPv6';
  return { address: shown, family, port: port === 0 ? freePort() : port };
}

function disguise(handle: Handle, shown: Address): void {
  tellAddresses(handle, shown);
  const { close, onconnection } = handle;
  handle.close = function (done) {
    if (servers.get(shown.port)?.handle === handle) servers.delete(shown.port);
    return close.call(this, done);
  };
  const near = { ...shown, address: reachedAddress(shown.address) };
  handle.onconnection = function (status, connection) {
    if (connection) tellAddresses(connection, near, { ...near, port: freePort() });
    return onconnection?.call(this, status, connection);
  };
}

/** The address at which a client of this machine, that asks for 127.0.0.1, finds a server. */
function reachedAddress(listening: string): string {
  if (listening === '::') return '::ffff:127.0.0.1';
  return listening === '0.0.0.0' ? '127.0.0.1' : listening;
}

/** Servers on `localhost` must not depend on what this machine makes of that name. */
function nameLocalhost(): void {
  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = function (this: net.Server, ...args: unknown[]) {
    const { lookup } = dns;
    Object.assign(dns, { lookup: lookupLocalhost(lookup) });
    try {
      return listen.apply(this, args as never);
    } finally {
      dns.lookup = lookup;
    }
  } as typeof listen;
}

function lookupLocalhost(lookup: typeof dns.lookup) {
  return (...args: unknown[]) => {
    const [name, options] = args;
    const callback = args.at(-1);
    if (name !== 'localhost' || typeof callback !== 'function') {
      return Reflect.apply(lookup, dns, args);
    }
    const found = { address: '127.0.0.1', family: 4 };
    const isAll = Object(options).all === true;
    if (isAll) process.nextTick(callback, null, [found]);
    else process.nextTick(callback, null, found.address, found.family);
  };
}

/** What the operating system says where a program listens twice on one port. */
function refuse(server: net.Server, { address, port }: Address): void {
  report({ event: 'taken', port });
  const text = `listen EADDRINUSE: address already in use ${address}:${port}`;
  const error = Object.assign(new Error(text), {
    code: 'EADDRINUSE',
    errno: -98,
    syscall: 'listen',
    address,
    port,
  });
  process.nextTick(() => server.emit('error', error));
}
