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
  | { type: 'hash'; fields: [field: Buffer, value: Buffer][] };

export interface ScoredMember {
  member: Buffer;
  /** Any double but NaN, the infinities included. */
  score: number;
}
