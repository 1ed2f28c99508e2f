import type { RedisConnection } from '../../redis/connection';
import { RedisReplyError, type Reply } from '../../redis/protocol/resp';
import { nearest } from '../explain/edit-distance';
import type { NextStep } from '../finding';
import { fail, quote } from '../finding';
import type { KeyEntry } from '../verdict';

/** The data in a check's Redis, past the taps: what is loaded before, and what must be there after. */
export class Keyspace {
  readonly #connection: RedisConnection;

  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  /** Sends a command of the check's own; the answer as plain values. */
  async command(...words: string[]): Promise<Value> {
    return plain(await this.#connection.send(...words));
  }

  /** Loads a string key. */
  async set(key: string, value: string): Promise<void> {
    await this.command('SET', key, value);
  }

  /** Removes every key. */
  async clear(): Promise<void> {
    await this.command('FLUSHDB');
  }

  /** Every key's name, sorted. */
  async keys(): Promise<string[]> {
    const keys = await this.command('KEYS', '*');
    return Array.isArray(keys) ? keys.map(String).sort() : [];
  }

  async type(key: string): Promise<string> {
    return String(await this.command('TYPE', key));
  }

  /**
   * A string key holds this value.
   * @throws CheckFailure naming the key or the value that is there instead
   */
  async expectValue(key: string, value: string, next: NextStep): Promise<void> {
    await this.#expectType(key, 'string', next);
    const seen = String(await this.command('GET', key));
    if (seen === value) return;
    fail({
      class: 'wrong-data',
      message: `The key ${quote(key)} holds ${quote(seen)}; it should hold ${quote(value)}.`,
      next,
      at: { names: [key, seen, value] },
      compared: [value, seen],
      expected: value,
      seen,
    });
  }

  /**
   * A key that is there stays there.
   * @throws CheckFailure where Redis is to forget it
   */
  async expectNoExpiry(key: string): Promise<void> {
    if (Number(await this.command('PTTL', key)) < 0) return;
    fail({
      class: 'wrong-data',
      message: `Redis will forget the key ${quote(key)}: it is set for some time only.`,
      next: 'Set the key for good: without EX or PX, and without expire().',
      at: [
        { code: '$.setex($$$)' },
        { code: '$.expire($$$)' },
        { code: '$.setEx($$$)' },
        { code: '({ EX: $ })' },
        { names: [key] },
      ],
    });
  }

  /**
   * A hash has just these fields and values.
   * @param missing the next step where a field is not there, under no name like it either
   * @throws CheckFailure naming the first field that differs
   */
  async expectHash(
    key: string,
    fields: Record<string, string>,
    next: NextStep,
    missing = next,
  ): Promise<void> {
    await this.#expectType(key, 'hash', next);
    const seen = await this.hash(key);
    const sides = { expected: hashText(fields), seen: hashText(seen) };
    const wrong = (message: string, names: string[], compared?: [string, string], step = next) =>
      fail({ class: 'wrong-data', message, next: step, at: { names }, compared, ...sides });
    for (const [field, value] of Object.entries(fields)) {
      const got = seen[field];
      if (got === undefined) {
        const like = nearest(
          field,
          Object.keys(seen).filter((name) => !(name in fields)),
        );
        if (like === undefined) {
          const message = `The hash ${quote(key)} has no field ${quote(field)}.`;
          wrong(message, [field], undefined, missing);
        } else {
          wrong(
            `The hash ${quote(key)} has a field ${quote(like)} where ${quote(field)} is asked for.`,
            [key, like, field],
            [field, like],
          );
        }
      } else if (got !== value) {
        wrong(
          `The field ${quote(field)} of ${quote(key)} holds ${quote(got)}; it should hold ${quote(value)}.`,
          [field, key, got, value],
          [value, got],
        );
      }
    }
    const extra = Object.keys(seen).find((field) => !(field in fields));
    if (extra === undefined) return;
    const message = `The hash ${quote(key)} has a field ${quote(extra)} that the task does not name.`;
    wrong(message, [key, extra]);
  }

  /** A hash's fields and values; empty where there is none. */
  async hash(key: string): Promise<Record<string, string>> {
    const flat = await this.command('HGETALL', key);
    const fields: Record<string, string> = {};
    if (Array.isArray(flat)) {
      for (let i = 0; i < flat.length; i += 2) fields[String(flat[i])] = String(flat[i + 1]);
    }
    return fields;
  }

  /** Everything that is there, for the evidence; at most this many keys. */
  async snapshot(limit = 200): Promise<KeyEntry[]> {
    const keys = (await this.keys()).slice(0, limit);
    return Promise.all(keys.map((key) => this.#entry(key)));
  }

  async #entry(key: string): Promise<KeyEntry> {
    const type = await this.type(key);
    const read: Record<string, string[]> = {
      list: ['LRANGE', key, '0', '-1'],
      set: ['SMEMBERS', key],
      zset: ['ZRANGE', key, '0', '-1'],
    };
    if (type === 'hash') return { key, type, value: await this.hash(key) };
    if (type === 'stream') return { key, type, value: await this.#stream(key) };
    const command = read[type];
    if (!command)
      return { key, type, value: type === 'string' ? String(await this.command('GET', key)) : '' };
    const members = await this.command(...command);
    return { key, type, value: Array.isArray(members) ? members.map(String) : [] };
  }

  /** A stream's entries: their fields, such as `a=1 b=2`, by their ids. */
  async #stream(key: string): Promise<Record<string, string>> {
    const entries = await this.command('XRANGE', key, '-', '+');
    const shown: Record<string, string> = {};
    for (const entry of Array.isArray(entries) ? entries : []) {
      const [id, fields] = Array.isArray(entry) ? entry : [];
      const words = Array.isArray(fields) ? fields.map(String) : [];
      const pairs = words.filter((_, at) => at % 2 === 0);
      shown[String(id)] = pairs.map((name, at) => `${name}=${words[2 * at + 1]}`).join(' ');
    }
    return shown;
  }

  async #expectType(key: string, type: string, next: NextStep): Promise<void> {
    const seen = await this.type(key);
    if (seen === type) return;
    const keys = await this.keys();
    if (seen === 'none') {
      const like = nearest(key, keys);
      fail({
        class: 'wrong-data',
        message:
          like === undefined
            ? `Redis holds no key ${quote(key)} after the run.`
            : `Redis holds the key ${quote(like)}; the task's key is ${quote(key)}.`,
        next,
        at: { names: [...(like === undefined ? [] : [like]), key] },
        ...(like === undefined ? {} : { compared: [key, like] as const }),
        expected: key,
        seen: keys.join('\n'),
      });
    }
    fail({
      class: 'wrong-data',
      message: `The key ${quote(key)} is a ${seen}; it should be a ${type}.`,
      next,
      at: { names: [key] },
      expected: type,
      seen,
    });
  }
}

/** A reply without its protocol: text, numbers, nothing, or a list of those. */
export type Value = string | number | null | Value[];

function plain(reply: Reply): Value {
  if (reply instanceof RedisReplyError) throw reply;
  if (reply === null || typeof reply === 'number') return reply;
  if (Array.isArray(reply)) return reply.map(plain);
  return String(reply);
}

function hashText(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([field, value]) => `${field}=${value}`)
    .join('\n');
}
