import { formatScore } from './numbers';
import { bulk, flag, type Reply } from './reply';

/**
 * The replies that a client gets in another form under RESP3, which it chooses by HELLO. All
 * others are in reply.ts.
 */
export class Resp {
  /** Nothing. */
  readonly nil: Reply;
  /** Nothing, where there would be an array otherwise. */
  readonly nilArray: Reply;

  constructor(readonly version: 2 | 3) {
    this.nil = version === 3 ? '_\r\n' : '$-1\r\n';
    this.nilArray = version === 3 ? '_\r\n' : '*-1\r\n';
  }

  /** A string of bytes; absent, it is nil. */
  bulkOrNil(bytes: string | undefined): Reply {
    return bytes === undefined ? this.nil : bulk(bytes);
  }

  /** An array of strings, some of which may be absent. */
  bulksOrNil(items: readonly (string | undefined)[]): Reply {
    let body = '';
    for (const item of items) body += this.bulkOrNil(item);
    return `*${items.length}\r\n${body}`;
  }

  /** A number with a fraction; under RESP2 a string of its digits. @param digits it, written out */
  double(value: number, digits = formatScore(value)): Reply {
    return this.version === 3 ? `,${digits}\r\n` : bulk(digits);
  }

  /** True or false; under RESP2 1 or 0. */
  boolean(value: boolean): Reply {
    return this.version === 3 ? `#${value ? 't' : 'f'}\r\n` : flag(value);
  }

  /** An integer of any size; under RESP2 a string of its digits. */
  bigNumber(digits: string): Reply {
    return this.version === 3 ? `(${digits}\r\n` : bulk(digits);
  }

  /** Text to be shown as it is; under RESP2 a string. @param format three letters */
  verbatim(text: string, format = 'txt'): Reply {
    return this.version === 3 ? `=${text.length + 4}\r\n${format}:${text}\r\n` : bulk(text);
  }

  /** Fields and their values; under RESP2 an array of them in turn. */
  map(entries: readonly (readonly [field: Reply, value: Reply])[]): Reply {
    const head = this.version === 3 ? `%${entries.length}` : `*${2 * entries.length}`;
    let body = '';
    for (const [field, value] of entries) body += field + value;
    return `${head}\r\n${body}`;
  }

  /** What belongs together by twos: an array of arrays; under RESP2 all in one. */
  pairs(entries: readonly (readonly [first: Reply, second: Reply])[]): Reply {
    if (this.version === 2) return this.map(entries);
    let body = '';
    for (const [first, second] of entries) body += `*2\r\n${first}${second}`;
    return `*${entries.length}\r\n${body}`;
  }

  /** The items of an array without their order; under RESP2 as they are. */
  set(array: Reply): Reply {
    return this.version === 3 ? `~${array.slice(1)}` : array;
  }

  /** The items of an array, sent without being asked for; under RESP2 as they are. */
  push(array: Reply): Reply {
    return this.version === 3 ? `>${array.slice(1)}` : array;
  }
}

/** The protocol that every client begins with. */
export const resp2 = new Resp(2);
export const resp3 = new Resp(3);
