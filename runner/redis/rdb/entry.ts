/** One key of an RDB file. */
export interface RdbEntry {
  /** The database's number, 0 and up. */
  db: number;
  key: Buffer;
  value: RdbValue;
  /** When it expires, in ms since 1970; absent where it does not. */
  expiresAt?: number;
}

/** A key's value, whichever way the file encodes it. */
export type RdbValue =
  | { type: 'string'; value: Buffer }
  | { type: 'list'; items: Buffer[] }
  | { type: 'set'; members: Buffer[] }
  | { type: 'zset'; members: ScoredMember[] }
  | { type: 'hash'; fields: [field: Buffer, value: Buffer][] }
  | RdbStream;

/** A stream. Its ids have the ms since 1970 in their upper 64 bits, a number in the lower. */
export interface RdbStream {
  type: 'stream';
  /** Stretches of entries, each packed by itself, in the order of their ids. */
  nodes: RdbStreamNode[];
  lastId: bigint;
  maxDeletedId: bigint;
  /** Entries that were ever added. */
  added: bigint;
  groups: RdbGroup[];
}

export interface RdbStreamNode {
  /** That of its first entry, which may be gone. */
  id: bigint;
  /** The fields of its first entry: those with the same ones are packed without them. */
  names: Buffer[];
  /** Those deleted are kept until the whole node goes. */
  entries: { id: bigint; fields: Buffer[]; deleted: boolean }[];
}

export interface RdbGroup {
  name: Buffer;
  lastId: bigint;
  /** Entries given out; null where that is not known, absent where the file is too old to say. */
  read?: bigint | null;
  /** Entries given out and not acknowledged; times in ms since 1970. */
  pending: { id: bigint; deliveredAt: number; count: number }[];
  /** Each with the ids of its own among those pending. */
  consumers: { name: Buffer; seenAt: number; pending: bigint[] }[];
}

export interface ScoredMember {
  member: Buffer;
  /** Any double but NaN, the infinities included. */
  score: number;
}
