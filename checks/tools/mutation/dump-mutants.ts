import { crc64 } from '../../../runner/redis/rdb/crc64';
import type { RdbEntry } from '../../../runner/redis/rdb/entry';
import { readRdb } from '../../../runner/redis/rdb/reader';
import { writeRdb } from '../../../runner/redis/rdb/writer';
import type { Mutant } from './mutant';

/** Every mutant of an RDB file: of its bytes, with and without a right checksum, and of its keys. */
export function dumpMutants(file: string, bytes: Buffer): Mutant[] {
  const mutant = (id: string, changed: Buffer): Mutant => ({ file, id, line: 0, bytes: changed });
  const body = bytes.subarray(0, -checksumLength);
  return [
    ...[...bytes.keys()].flatMap((at) => [
      mutant(`flip a bit of byte ${at}`, flipped(bytes, at)),
      mutant(`cut before byte ${at}`, bytes.subarray(0, at)),
    ]),
    ...[...body.keys()].map((at) =>
      mutant(`flip a bit of byte ${at}, checksum right`, withChecksum(flipped(body, at))),
    ),
    ...readRdb(bytes).flatMap((entry) =>
      changesOf(entry).map(([id, other]) => mutant(id, writeRdb([other]))),
    ),
    mutant('drop the keys', writeRdb([])),
  ];
}

const checksumLength = 8;

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

function withChecksum(body: Buffer): Buffer {
  const checksum = Buffer.alloc(checksumLength);
  checksum.writeBigUInt64LE(crc64(body));
  return Buffer.concat([body, checksum]);
}

function changesOf(entry: RdbEntry): [string, RdbEntry][] {
  const key = String(entry.key);
  const text = entry.value.type === 'string' ? String(entry.value.value) : '';
  const valued = (value: string): RdbEntry => ({
    ...entry,
    value: { type: 'string', value: Buffer.from(value) },
  });
  return [
    ...spellings(key).map((one): [string, RdbEntry] => [
      `the key ${key} → ${one}`,
      { ...entry, key: Buffer.from(one) },
    ]),
    ...spellings(text).map((one): [string, RdbEntry] => [
      `the value ${text} → ${one}`,
      valued(one),
    ]),
    ['in database 1', { ...entry, db: 1 }],
    ['expired', { ...entry, expiresAt: 1 }],
    ['a list', { ...entry, value: { type: 'list', items: [Buffer.from(text)] } }],
    ['a set', { ...entry, value: { type: 'set', members: [Buffer.from(text)] } }],
  ];
}

/** Each letter missing, and each in the other case; a blank or a line end behind. */
function spellings(word: string): string[] {
  return [
    ...[...word].flatMap((letter, at) => {
      const [before, after] = [word.slice(0, at), word.slice(at + 1)];
      const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
      return [before + after, before + other + after];
    }),
    `${word} `,
    `${word}\n`,
  ];
}
