/**
 * Replies that are the same in RESP2 and RESP3; the others are in resp.ts
 * (https://redis.io/docs/latest/develop/reference/protocol-spec/). A reply is a string of which each character is one byte: it is written to the socket as latin1.
 */
export type Reply = string;

export const OK: Reply = '+OK\r\n';
export const PONG: Reply = '+PONG\r\n';
export const QUEUED: Reply = '+QUEUED\r\n';
export const EMPTY_ARRAY: Reply = '*0\r\n';
export const ZERO: Reply = ':0\r\n';
export const ONE: Reply = ':1\r\n';

/** A status such as `OK`. */
export function status(text: string): Reply {
  return `+${text}\r\n`;
}

/** An error with its code word first, such as `ERR syntax error`; it cannot hold a line break. */
export function error(text: string): Reply {
  return `-${/[\r\n]/.test(text) ? text.replace(/[\r\n]/g, ' ') : text}\r\n`;
}

export function integer(value: number | bigint): Reply {
  return `:${value}\r\n`;
}

/** 1 for true, 0 for false. */
export function flag(value: boolean): Reply {
  return value ? ONE : ZERO;
}

/** A string of bytes. */
export function bulk(bytes: string): Reply {
  return `$${bytes.length}\r\n${bytes}\r\n`;
}

/** An array of replies that are encoded already. */
export function array(items: readonly Reply[]): Reply {
  return `*${items.length}\r\n${items.join('')}`;
}

/** An array of strings. */
export function bulks(items: Iterable<string>): Reply {
  let count = 0;
  let body = '';
  for (const item of items) {
    count += 1;
    body += bulk(item);
  }
  return `*${count}\r\n${body}`;
}
