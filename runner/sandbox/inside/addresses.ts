import type net from 'node:net';

/** One end of a connection as the program sees it, its fields in Node's order. */
export interface Address {
  address: string;
  family: 'IPv4' | 'IPv6';
  port: number;
}

/** What a handle of Node's tells of its ends: undocumented, and there since Node 0.10. */
export interface Handle {
  getsockname?(into: object): number;
  getpeername?(into: object): number;
  close(done?: () => void): void;
  hasRef(): boolean;
  /** On a server's: a connection comes, or fails to. */
  onconnection?(this: Handle, status: number, connection?: Handle): unknown;
}

/** The handle that a server or a socket has while it is open. */
export function handleOf(open: net.Server | net.Socket): Handle | null {
  return (open as unknown as { _handle: Handle | null })._handle;
}

/** Has the handle of a Unix socket tell addresses, as one of TCP does. */
export function tellAddresses(handle: Handle, own: Address, other?: Address): void {
  handle.getsockname = (into) => tell(into, own);
  if (other) handle.getpeername = (into) => tell(into, other);
}

function tell(into: object, address: Address): number {
  Object.assign(into, address);
  return 0;
}
