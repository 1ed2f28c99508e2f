import fs from 'node:fs';
import path from 'node:path';
import { writeAtomically } from '../../../write-atomically.cjs';
import { defaultFileName } from '../../default-file-name';
import type { RdbEntry } from '../../rdb/entry';
import { RdbError } from '../../rdb/error';
import { readRdbFile } from '../../rdb/reader';
import { writeRdb } from '../../rdb/writer';
import { CommandError } from '../protocol/command-error';
import type { Keyspace } from './keyspace';
import { fromRdb, toRdb } from './rdb-value';

/** The databases that are read and written. */
export interface Databases {
  database(index: number): Keyspace;
  /** Those that have been used. */
  databases(): Iterable<Keyspace>;
}

/** The libraries of functions that are read and written. */
export interface Libraries {
  readonly libraries: readonly { readonly code: string }[];
  /** @throws CommandError where it is none */
  load(code: string, replacing: boolean): string;
}

/** The RDB file of an embedded Redis; without one, SAVE keeps nothing. */
export class Persistence {
  /** ms since 1970 */
  savedAt = Date.now();
  /** How often it was written, and whether the last time failed. */
  saves = 0;
  failed = false;
  /** What the file brought at the start. */
  readonly loaded = { keys: 0, expired: 0 };

  /** @param file its path; it need not exist yet */
  constructor(readonly file: string | undefined) {}

  /** What CONFIG GET shows of it. */
  get settings() {
    const { file } = this;
    return {
      // Nothing is written, and the working folder may be gone.
      dir: file === undefined ? '/' : path.dirname(path.resolve(file)),
      dbfilename: file === undefined ? defaultFileName : path.basename(file),
    };
  }

  /**
   * Reads the file into the databases, where there is one. Keys that have expired stay out.
   * @throws RdbError, or the error of the file system
   */
  load(databases: Databases, functions: Libraries): void {
    if (this.file === undefined || !fs.existsSync(this.file)) return;
    const { entries, libraries } = readRdbFile(fs.readFileSync(this.file));
    for (const code of libraries) loadLibrary(functions, code);
    for (const { db, key, value, expiresAt } of entries) {
      if (expiresAt !== undefined && expiresAt <= Date.now()) {
        this.loaded.expired += 1;
        continue;
      }
      this.loaded.keys += 1;
      const keyspace = databases.database(db);
      const name = key.toString('latin1');
      keyspace.replace(name, fromRdb(value));
      if (expiresAt !== undefined) keyspace.expireAt(name, expiresAt);
    }
  }

  /**
   * Writes all databases and functions; no reader ever meets half of the file.
   * @throws CommandError where the file cannot be written
   */
  save(databases: Databases, { libraries }: Libraries): void {
    if (this.file !== undefined) {
      const codes = libraries.map(({ code }) => Buffer.from(code, 'latin1'));
      this.#write(this.file, writeRdb(entriesOf(databases), codes));
    }
    this.savedAt = Date.now();
    this.saves += 1;
    this.failed = false;
  }

  #write(file: string, bytes: Buffer): void {
    try {
      writeAtomically(file, bytes);
    } catch (error) {
      this.failed = true;
      const reason = error instanceof Error ? error.message : String(error);
      throw new CommandError(`ERR cannot write ${file}: ${reason}`);
    }
  }
}

function loadLibrary(functions: Libraries, code: Buffer): void {
  try {
    functions.load(code.toString('latin1'), false);
  } catch (fault) {
    if (!(fault instanceof CommandError)) throw fault;
    throw new RdbError('damaged', `holds functions that do not load: ${fault.message}`);
  }
}

function* entriesOf(databases: Databases): IterableIterator<RdbEntry> {
  for (const database of databases.databases()) {
    for (const { key, value, expiry } of database.entries()) {
      const entry = { db: database.index, key: Buffer.from(key, 'latin1'), value: toRdb(value) };
      yield expiry === undefined ? entry : { ...entry, expiresAt: expiry };
    }
  }
}
