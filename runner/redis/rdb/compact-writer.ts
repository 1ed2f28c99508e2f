import type { RdbValue, ScoredMember } from './entry';
import { listpackSize } from './listpack-size';
import { writeListpack } from './listpack-writer';
import { lzfCompress } from './lzf-writer';
import { double, length } from './pieces';
import { streamPieces } from './stream-writer';

/** How a value is held: as one piece of packed bytes or not, and how large the nodes of lists are. */
export interface Packing {
  /** For a hash or a sorted set a listpack, for a set an intset. */
  readonly packed: boolean;
  /** `list-max-listpack-size`: so many items a node, or negative for 4, 8, 16, 32 or 64 kB. */
  readonly listSize: number;
}

/**
 * A value in the form of Redis 7.0, its type's number first: compact collections as one string,
 * numbers as such, long strings compressed. The format is that of rdb.c in Redis.
 * @param score a sorted set's score as it stands in a listpack
 */
export function writeCompact(
  value: RdbValue,
  { packed, listSize }: Packing,
  score: (value: number) => string,
): Buffer {
  switch (value.type) {
    case 'string':
      return whole(0, compactString(value.value));
    case 'list': {
      const nodes = listNodes(value.items.map(text), listSize);
      return whole(
        18,
        length(nodes.length),
        ...nodes.flatMap((node) => [length(2), compactString(writeListpack(node))]),
      );
    }
    case 'set':
      if (packed) return whole(11, compactString(intset(value.members.map(text))));
      return whole(2, length(value.members.length), ...value.members.map(compactString));
    case 'hash': {
      const words = value.fields.flat();
      if (packed) return whole(16, compactString(writeListpack(words.map(text))));
      return whole(4, length(value.fields.length), ...words.map(compactString));
    }
    case 'zset':
      return scoredSet(value.members, packed, score);
    case 'stream':
      return whole(19, ...streamPieces(value, compactString));
  }
}

function whole(type: number, ...pieces: Buffer[]): Buffer {
  return Buffer.concat([Buffer.of(type), ...pieces]);
}

/** In a listpack from the lowest score on; else from the highest. */
function scoredSet(
  members: readonly ScoredMember[],
  packed: boolean,
  score: (value: number) => string,
): Buffer {
  if (packed) {
    const words = members.flatMap((one) => [text(one.member), score(one.score)]);
    return whole(17, compactString(writeListpack(words)));
  }
  const pairs = [...members].reverse();
  return whole(
    5,
    length(pairs.length),
    ...pairs.flatMap((one) => [compactString(one.member), double(one.score)]),
  );
}

/** Digits of an integer of 32 bits as a number, what compresses well compressed, all else as it is. */
export function compactString(bytes: Buffer): Buffer {
  const number = bytes.length <= 11 ? integer(bytes.toString('latin1')) : undefined;
  if (number) return number;
  const compressed = bytes.length > 20 ? lzfCompress(bytes, bytes.length - 4) : undefined;
  if (!compressed) return Buffer.concat([length(bytes.length), bytes]);
  const lengths = [length(compressed.length), length(bytes.length)];
  return Buffer.concat([Buffer.of(0xc3), ...lengths, compressed]);
}

function integer(digits: string): Buffer | undefined {
  const value = Number(digits);
  if (!/^(?:0|-?[1-9][0-9]*)$/.test(digits) || value !== (value | 0)) return undefined;
  const [kind, size] = fits(value, 1) ? [0, 1] : fits(value, 2) ? [1, 2] : [2, 4];
  const bytes = Buffer.alloc(1 + size);
  bytes[0] = 0xc0 | kind;
  bytes.writeIntLE(value, 1, size);
  return bytes;
}

function fits(value: number, size: number): boolean {
  return value >= -(2 ** (8 * size - 1)) && value < 2 ** (8 * size - 1);
}

/** The items of each node of a list to whose end they were pushed. */
function listNodes(items: readonly string[], size: number): string[][] {
  const nodes: string[][] = [];
  const most = size < 0 ? 2048 * 2 ** Math.min(5, -size) : 8192;
  let bytes = 0;
  for (const item of items) {
    const node = nodes.at(-1);
    // Redis reckons with eight bytes more than the item has, whichever way it is packed.
    const isFull =
      bytes + item.length + 8 > most || (size >= 0 && (node?.length ?? 0) >= (size || 1));
    if (node && !isFull) node.push(item);
    else {
      nodes.push([item]);
      bytes = 7;
    }
    bytes += listpackSize(item);
  }
  return nodes;
}

/** Integers in ascending order, in as many bytes each as the largest one needs. */
function intset(members: readonly string[]): Buffer {
  const values = members.map(BigInt).sort((one, other) => (one < other ? -1 : 1));
  const size = [2, 4, 8].find((bytes) => values.every((value) => isWithin(value, bytes))) ?? 8;
  const buffer = Buffer.alloc(8 + values.length * size);
  buffer.writeUInt32LE(size, 0);
  buffer.writeUInt32LE(values.length, 4);
  for (const [at, value] of values.entries()) {
    if (size === 8) buffer.writeBigInt64LE(value, 8 + at * size);
    else buffer.writeIntLE(Number(value), 8 + at * size, size);
  }
  return buffer;
}

function isWithin(value: bigint, bytes: number): boolean {
  return BigInt.asIntN(8 * bytes, value) === value;
}

function text(bytes: Buffer): string {
  return bytes.toString('latin1');
}
