import type { IncomingHttpHeaders } from 'node:http';

/** What of a request says where it comes from. */
export interface Asked {
  method: string;
  headers: IncomingHttpHeaders;
}

/**
 * Whether a request names this machine by a loopback name: a page whose own name was made to lead
 * here (DNS rebinding) names its own.
 */
export function isOwnHost({ headers }: Asked, port: number): boolean {
  return hosts(port).includes(headers.host ?? '');
}

/**
 * Whether a request comes from this page, and from no other that is open in the same browser. Browsers
 * send Origin with all that changes something, and Sec-Fetch-Site with everything.
 * @param navigates it may be the address typed by the learner, or a link: nothing but the page itself
 */
export function isOwnOrigin({ method, headers }: Asked, port: number, navigates = false): boolean {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (origin !== undefined && origin !== `http://${headers.host}`) return false;
  if (method !== 'GET' && method !== 'HEAD' && origin === undefined) return false;
  if (!isOwnHost({ method, headers }, port)) return false;
  return site === undefined || site === 'same-origin' || navigates;
}

function hosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}
