import fs from 'node:fs';
import path from 'node:path';
import { writeAtomically } from '../../../write-atomically.cjs';
import { defaultFileName } from '../../default-file-name';
import type { RdbEntry, RdbValue } from '../../rdb/entry';
import { readRdb } from '../../rdb/reader';
import { writeRdb } from '../../rdb/writer';
import { CommandError } from '../protocol/command-error';
import type { Keyspace } from './keyspace';
import { ListValue } from './list-value';
import { SetValue } from './set-value';
import { SortedSet } from './sorted-set';
import { Table } from './table';
import type { Value } from './value';

/** The databases that are read and written. */
export interface Databases {
  database(index: number): Keyspace;
  /** Those that have been used. */
  databases(): Iterable<Keyspace>;
}

/** The RDB file of an embedded Redis; without one, SAVE keeps nothing. */
export class Persistence {
  /** ms since 1970 */
  savedAt = Date.now();

  /** @param file its path; it need not exist yet */
  constructor(readonly file: string | undefined) {}

  /** What CONFIG GET shows of it. */
  get settings() {
    const { file } = this;
    return {
      dir: file === undefined ? process.cwd() : path.dirname(path.resolve(file)),
      dbfilename: file === undefined ? defaultFileName : path.basename(file),
      save: file === undefined ? '' : '3600 1 300 100 60 10000',
    };
  }

  /**
   * Reads the file into the databases, where there is one. Keys that have expired stay out.
   * @throws RdbError, or the error of the file system
   */
  load(databases: Databases): void {
    if (this.file === undefined || !fs.existsSync(this.file)) return;
    for (const { db, key, value, expiresAt } of readRdb(fs.readFileSync(this.file))) {
      if (expiresAt !== undefined && expiresAt <= Date.now()) continue;
      const keyspace = databases.database(db);
      const name = key.toString('latin1');
      keyspace.replace(name, fromRdb(value));
      if (expiresAt !== undefined) keyspace.expireAt(name, expiresAt);
    }
  }

  /**
   * Writes all databases; no reader ever meets half of the file.
   * @throws CommandError where the file cannot be written
   */
  save(databases: Databases): void {
    if (this.file !== undefined) this.#write(this.file, writeRdb(entriesOf(databases)));
    this.savedAt = Date.now();
  }

  #write(file: string, bytes: Buffer): void {
    try {
      writeAtomically(file, bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CommandError(`ERR cannot write ${file}: ${reason}`);
    }
  }
}

function* entriesOf(databases: Databases): IterableIterator<RdbEntry> {
  for (const database of databases.databases()) {
    for (const { key, value, expiry } of database.entries()) {
      const saved = toRdb(value);
      if (!saved) continue;
      const entry = { db: database.index, key: bytes(key), value: saved };
      yield expiry === undefined ? entry : { ...entry, expiresAt: expiry };
    }
  }
}

/** Undefined for what the file does not hold yet: a stream. */
function toRdb(value: Value): RdbValue | undefined {
  if (typeof value === 'string') return { type: 'string', value: bytes(value) };
  switch (value.type) {
    case 'list':
      return { type: 'list', items: Array.from(value.items, bytes) };
    case 'set':
      return { type: 'set', members: Array.from(value.members, bytes) };
    case 'zset':
      return {
        type: 'zset',
        members: Array.from(value.sorted, ({ member, score }) => ({
          member: bytes(member),
          score,
        })),
      };
    case 'hash':
      return { type: 'hash', fields: Array.from(value.fields, ([a, b]) => [bytes(a), bytes(b)]) };
    case 'stream':
      return undefined;
  }
}

function fromRdb(value: RdbValue): Value {
  switch (value.type) {
    case 'string':
      return text(value.value);
    case 'list':
      return { type: 'list', items: new ListValue(value.items.map(text)) };
    case 'set':
      return { type: 'set', members: new SetValue(value.members.map(text)) };
    case 'zset':
      return {
        type: 'zset',
        sorted: new SortedSet(
          value.members.map(({ member, score }) => ({ member: text(member), score })),
        ),
      };
    case 'hash':
      return {
        type: 'hash',
        fields: new Table(value.fields.map(([a, b]) => [text(a), text(b)] as const)),
      };
  }
}

function bytes(latin1: string): Buffer {
  return Buffer.from(latin1, 'latin1');
}

function text(binary: Buffer): string {
  return binary.toString('latin1');
}
