import type { KeyEvent } from './key-events';

/** Hears what commands do to keys, so that WATCH and BLPOP can act on it. */
export interface KeyspaceListener {
  /** The key was changed. */
  touched(db: number, key: string): void;
  /** All keys are gone. */
  cleared(db: number, keys: readonly string[]): void;
  /** What notifications tell of: an event that its command names, and the others by themselves. */
  happened(db: number, event: KeyEvent, key: string): void;
  /** A command has looked for the key, which is not there. */
  missed(db: number, key: string): void;
  /** The key has gone by itself: its time had come. */
  expired(db: number, key: string): void;
  /**
   * The key was not there, and now is a list, a sorted set or a stream: one overwritten wakes
   * nobody. Or it is a stream that has grown or lost a group.
   */
  appeared(db: number, key: string): void;
}
