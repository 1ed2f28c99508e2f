import { randomBytes, timingSafeEqual } from 'node:crypto';

/** The secret of one start: it comes in once by the URL, and then by a cookie. */
export class Token {
  readonly text = randomBytes(24).toString('base64url');

  /** Whether a text that somebody sent is the token; takes the same time for each wrong one. */
  fits(given: unknown): boolean {
    if (typeof given !== 'string') return false;
    const [own, other] = [Buffer.from(this.text), Buffer.from(given)];
    return own.length === other.length && timingSafeEqual(own, other);
  }

  /** The header that has a browser keep it; named by the port, as cookies do not tell ports apart. */
  cookie(port: number): string {
    return `${cookieName(port)}=${this.text}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether a request's Cookie header brings it. */
  isIn(cookies: string | undefined, port: number): boolean {
    const pairs = (cookies ?? '').split(';').map((pair) => pair.trim().split('='));
    return pairs.some(([name, value]) => name === cookieName(port) && this.fits(value));
  }
}

function cookieName(port: number): string {
  return `workbook-${port}`;
}
