import { EnvironmentError } from '../instance';

/** What a Redis URL says. */
export interface UrlAddress {
  host: string;
  port: number;
  username: string;
  password: string;
  /** The one database that it names; undefined where the choice is ours. */
  db: number | undefined;
  tls: boolean;
  /** Host and port for people, without the password. */
  shown: string;
}

/**
 * Reads `redis://user:password@host:port/db`, or the same with `rediss:` for TLS.
 * @throws EnvironmentFault where it is no such URL
 */
export function parseRedisUrl(text: string): UrlAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || !url.hostname) throw notAUrl(text);
  const db = /^\/?(\d{0,6})$/.exec(url.pathname)?.[1];
  if (db === undefined) throw notAUrl(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 6379);
  return {
    host,
    port,
    username: decode(url.username),
    password: decode(url.password),
    db: db === '' ? undefined : Number(db),
    tls: url.protocol === 'rediss:',
    shown: `${url.hostname}:${port}`,
  };
}

/** A stray percent sign stands for itself. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function notAUrl(text: string): EnvironmentError {
  // What might be a password is not shown.
  const shown = text.replace(/\/\/[^/]*@/, '//…@');
  return new EnvironmentError(
    `${shown} is not the URL of a Redis.`,
    'Write it as redis://HOST:PORT, or redis://:PASSWORD@HOST:PORT where it has a password.',
  );
}
