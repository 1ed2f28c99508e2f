import { readFileSync } from 'node:fs';
import path from 'node:path';
import { nearest } from '../../grading/explain/edit-distance';
import { fail, quote } from '../../grading/finding';
import type { RdbEntry } from '../../redis/rdb/entry';
import { RdbError } from '../../redis/rdb/error';
import { readRdb } from '../../redis/rdb/reader';

/**
 * A dump holds a string key of this value in database 0, where a client's GET would find it. Its
 * bytes are read, so that a file of a newer Redis counts as well.
 * @param file an RDB file, absolute
 * @throws CheckFailure naming what is wrong with the file, the key or the value
 */
export function expectDump(file: string, key: string, value: string): void {
  const entries = read(file, `SET ${key} ${value}`);
  const held = entries.filter((entry) => String(entry.key) === key);
  const entry = held.find((one) => one.db === 0);
  const sides = { expected: `${key} = ${value}`, seen: entries.map(shown).join('\n') };
  const wrong: (message: string, next: string) => never = (message, next) =>
    fail({ class: 'wrong-data', message, next, ...sides });
  const set = `SET ${key} ${value}, then SAVE.`;

  if (!entry) {
    const [elsewhere] = held;
    if (elsewhere) {
      wrong(
        `The key ${quote(key)} is in database ${elsewhere.db}; a client looks in database 0.`,
        `Without SELECT: ${set}`,
      );
    }
    const like = nearest(
      key,
      entries.map((one) => String(one.key)),
    );
    if (like !== undefined) {
      wrong(`The dump holds the key ${quote(like)}; the task’s key is ${quote(key)}.`, set);
    }
    const swapped = entries.some((one) => String(one.key) === value);
    wrong(
      swapped
        ? `The dump holds the key ${quote(value)}: key and value have changed places.`
        : `The dump holds no key ${quote(key)}${entries.length === 0 ? ': it is empty' : ''}.`,
      set,
    );
  }
  if (entry.expiresAt !== undefined && entry.expiresAt <= Date.now()) {
    wrong(`The key ${quote(key)} has expired: a client gets nothing for it.`, set);
  }
  if (entry.value.type !== 'string') {
    wrong(`The key ${quote(key)} is a ${entry.value.type}; it should be a string.`, set);
  }
  const got = String(entry.value.value);
  if (got !== value) {
    wrong(`The key ${quote(key)} holds ${quote(got)}; it should hold ${quote(value)}.`, set);
  }
}

/** @param set the command that makes the key */
function read(file: string, set: string): RdbEntry[] {
  try {
    return readRdb(readFileSync(file));
  } catch (error) {
    if (!(error instanceof RdbError)) throw error;
    return fail({
      class: 'unreadable-file',
      message: `The file ${path.basename(file)} ${error.message}.`,
      next:
        error.reason === 'corrupted-by-text-conversion'
          ? 'Copy the file that Redis wrote once more, byte for byte: in binary mode, and not through an editor or the clipboard.'
          : `Make it anew: npm start -- redis, then ${set} and SAVE; copy the file as it is.`,
    });
  }
}

function shown(entry: RdbEntry): string {
  const value =
    entry.value.type === 'string' ? String(entry.value.value) : `(a ${entry.value.type})`;
  return `${entry.key} = ${value}${entry.db === 0 ? '' : ` (database ${entry.db})`}`;
}
