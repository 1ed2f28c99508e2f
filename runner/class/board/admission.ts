import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What a request is answered with before anything is shown. */
export type Admitted =
  | { isAdmitted: true }
  /** The token was in the address: it goes into a cookie, and out of the address. */
  | { isAdmitted: false; status: 303; cookie: string }
  | { isAdmitted: false; status: 401 | 403 | 405; why: string };

/** Who may look: whoever has the token, by a name of this machine, and only to read. */
export class Admission {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  judge({ method = '', url = '/', headers }: IncomingMessage): Admitted {
    const refused = (status: 401 | 403 | 405, why: string): Admitted => ({
      isAdmitted: false,
      status,
      why,
    });
    // A page elsewhere may have its own name point here, and would then read what it gets.
    if (!isLoopbackName(headers.host)) {
      return refused(
        403,
        'This board answers to 127.0.0.1 and localhost alone. Open it by one of them.',
      );
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return refused(
        405,
        'This board only shows. Use "class grade" to have something graded again.',
      );
    }
    const given = new URLSearchParams(url.split('?')[1]).get('token');
    if (given !== null) {
      if (!this.#isToken(given)) return refused(403, wrongToken);
      const cookie = `${cookieName}=${encodeURIComponent(this.#token)}`;
      return {
        isAdmitted: false,
        status: 303,
        cookie: `${cookie}; HttpOnly; SameSite=Strict; Path=/`,
      };
    }
    const shown = bearerOf(headers.authorization) ?? cookieOf(headers.cookie);
    if (shown === undefined) {
      return refused(401, 'This board needs its token. Open the address that the command printed.');
    }
    return this.#isToken(shown) ? { isAdmitted: true } : refused(403, wrongToken);
  }

  /** In a time that says nothing of how much of it is right. */
  #isToken(given: string): boolean {
    return timingSafeEqual(digestOf(given), digestOf(this.#token));
  }
}

const wrongToken =
  'That is not the token of this board. Open the address that the command printed last.';

const cookieName = 'workbook-board';

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** With any port: a tunnel may lead here from another. */
function isLoopbackName(host = ''): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/i.test(host);
}

function bearerOf(header = ''): string | undefined {
  return /^Bearer (\S+)$/i.exec(header)?.[1];
}

function cookieOf(header = ''): string | undefined {
  for (const pair of header.split(';')) {
    const [name, value = ''] = pair.trim().split('=', 2);
    if (name === cookieName) return value;
  }
  return undefined;
}
