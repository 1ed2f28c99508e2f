import type { Kind } from './kind';
import { SettingFault } from './setting-fault';

/** A setting: its name is its key in the table. */
export interface Row {
  /** What a server starts with. */
  readonly initial: string;
  /** @param before what it is now */
  read(text: string, before: string): string;
  /** `immutable`, `protected`: CONFIG SET refuses any value, in these words. */
  readonly access: 'settable' | 'immutable' | 'protected';
  /** An older name. */
  readonly alias: string | undefined;
  /** What CONFIG GET shows, if that is not the value itself. */
  readonly shown?: (value: string) => string;
}

/** A setting that has its effect. */
export function setting(
  initial: string,
  read: (text: string, before: string) => string,
  alias?: string,
): Row {
  return { initial, read, access: 'settable', alias };
}

/**
 * A setting of what is not here, or is always the same: its value is checked, and it may be set to what it is.
 * @param reason why it cannot be another
 */
export function constant(initial: string, kind: Kind, reason: string, alias?: string): Row {
  const read = (text: string, before: string) => {
    const value = kind(text);
    if (value !== before) throw new SettingFault(reason);
    return value;
  };
  return { initial, read, access: 'settable', alias };
}

/** A setting that a Redis reads at its start only. */
export function immutable(initial = '', alias?: string): Row {
  return { initial, read: (text) => text, access: 'immutable', alias };
}

/** A setting that a Redis lets nobody change unless it was started so. */
export function guarded(initial: string): Row {
  return { initial, read: (text) => text, access: 'protected', alias: undefined };
}
