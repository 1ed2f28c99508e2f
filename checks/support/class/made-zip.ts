import { crc32, deflateRawSync } from 'node:zlib';

/** A file in a zip, which may say of itself what is not so. */
export interface ZipEntry {
  name: string;
  content?: string | Buffer;
  /** The mode that Unix gives it, with its kind. */
  mode?: number;
  encrypted?: boolean;
  /** What it claims to be unpacked, in bytes. */
  claims?: number;
  /** When it was changed last: 2026-11-01 10:00:00 by whoever packs, without it. */
  at?: Date;
}

/**
 * A zip as packers write it, byte for byte.
 * Form: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function madeZip(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content ?? '');
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (entry.encrypted ? 1 : 0), 2);
    common.writeUInt16LE(8, 4);
    writeTime(common, entry.at ?? new Date(2026, 10, 1, 10));
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.claims ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    // Made by Unix.
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, rest, name);
    bodies.push(body);
    offset += body.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, listed, Buffer.from('PK\x05\x06'), end]);
}

/** By the clock of whoever packs, in steps of 2 s. */
function writeTime(into: Buffer, at: Date): void {
  into.writeUInt16LE((at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1), 6);
  into.writeUInt16LE(
    ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate(),
    8,
  );
}
