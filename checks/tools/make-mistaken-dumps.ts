/*
 * Makes the dump.rdb files that lesson 0 must tell apart: `node -r ./runner/hook.cjs` this file.
 * They are kept in the repository; the same run writes the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc64 } from '../../runner/redis/rdb/crc64';
import type { RdbEntry } from '../../runner/redis/rdb/entry';
import { writeRdb } from '../../runner/redis/rdb/writer';

const good = writeRdb([text('Holberton', 'School')]);

const mistaken: Record<string, Buffer> = {
  'empty.rdb': Buffer.alloc(0),
  'text-file.rdb': Buffer.from('127.0.0.1:6379> GET Holberton\n"School"\n'),
  'append-only-file.rdb': Buffer.from(
    '*3\r\n$3\r\nSET\r\n$9\r\nHolberton\r\n$6\r\nSchool\r\n*1\r\n$4\r\nSAVE\r\n',
  ),
  'nothing-saved.rdb': writeRdb([]),
  'key-and-value-swapped.rdb': writeRdb([text('School', 'Holberton')]),
  'key-in-lower-case.rdb': writeRdb([text('holberton', 'School')]),
  'value-in-lower-case.rdb': writeRdb([text('Holberton', 'school')]),
  'hash-for-string.rdb': writeRdb([
    {
      db: 0,
      key: Buffer.from('Holberton'),
      value: { type: 'hash', fields: [[Buffer.from('Holberton'), Buffer.from('School')]] },
    },
  ]),
  'another-database.rdb': writeRdb([{ ...text('Holberton', 'School'), db: 1 }]),
  'expired.rdb': writeRdb([{ ...text('Holberton', 'School'), expiresAt: Date.UTC(2021, 0, 1) }]),
  // Every byte that is no UTF-8 turned into the mark for an unknown character.
  'read-as-text.rdb': Buffer.from(good.toString('utf8')),
  // As an old Windows editor saves it: bytes above 127 become letters of two or three bytes.
  'read-as-windows-text.rdb': Buffer.from(asWindowsText(good)),
  // Ten letters: the key's length is the byte of a line end.
  'line-ends-converted.rdb': Buffer.from(
    writeRdb([text('Holberton', 'School'), text('Washington', '30')])
      .toString('latin1')
      .replaceAll('\n', '\r\n'),
    'latin1',
  ),
  'cut-short.rdb': good.subarray(0, good.length - 15),
  'one-bit-changed.rdb': withOneBitChanged(good),
};

const right: Record<string, Buffer> = {
  'version-8.rdb': ofVersion(8, good),
  'version-9.rdb': good,
  'version-11.rdb': ofVersion(11, good),
  'version-12.rdb': ofVersion(12, good),
  'without-checksum.rdb': Buffer.concat([good.subarray(0, -8), Buffer.alloc(8)]),
};

write(path.join(__dirname, '../../lessons/queuing/00-install-redis/cases/wrong'), mistaken);
write(path.join(__dirname, '../../lessons/queuing/00-install-redis/cases/right'), right);

function text(key: string, value: string): RdbEntry {
  return { db: 0, key: Buffer.from(key), value: { type: 'string', value: Buffer.from(value) } };
}

/** What an editor shows that takes the bytes for the letters of Windows-1252. */
function asWindowsText(bytes: Buffer): string {
  return new TextDecoder('windows-1252').decode(bytes).replaceAll('\n', '\r\n');
}

/** In the letter S of School, which the checksum then contradicts. */
function withOneBitChanged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf('School');
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** The same content under the header of a newer Redis: 11 is 7.2, 12 is 7.4. */
function ofVersion(version: number, bytes: Buffer): Buffer {
  const body = Buffer.from(bytes.subarray(0, -8));
  body.write(String(version).padStart(4, '0'), 'REDIS'.length, 'latin1');
  const checksum = Buffer.alloc(8);
  checksum.writeBigUInt64LE(crc64(body));
  return Buffer.concat([body, checksum]);
}

function write(folder: string, files: Record<string, Buffer>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(folder, name), bytes);
}
