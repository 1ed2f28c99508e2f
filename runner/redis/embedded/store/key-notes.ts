/** How a string is held where its bytes do not tell: it was changed in place, or added to as a fraction. */
export type StringForm = 'raw' | 'embstr';

/** What goes with a value that moves to another key. */
export interface KeyNote {
  readonly idle: number;
  readonly form: StringForm | undefined;
}

/** What is known of keys beside their values. */
export class KeyNotes {
  /** Seconds since 1970. */
  readonly #usedAt = new Map<string, number>();
  readonly #forms = new Map<string, StringForm>();

  /** The key has a new value. */
  made(key: string): void {
    this.used(key);
    if (this.#forms.size > 0) this.#forms.delete(key);
  }

  /** The key was read or changed. @param ago in seconds */
  used(key: string, ago = 0): void {
    this.#usedAt.set(key, clock() - ago);
  }

  /** Seconds since the key was used. */
  idle(key: string): number {
    return clock() - (this.#usedAt.get(key) ?? clock());
  }

  of(key: string): KeyNote {
    return { idle: this.idle(key), form: this.form(key) };
  }

  /** After the key was given the value that this was noted of. */
  set(key: string, { idle, form }: KeyNote): void {
    this.used(key, idle);
    this.hold(key, form);
  }

  form(key: string): StringForm | undefined {
    return this.#forms.get(key);
  }

  hold(key: string, form: StringForm | undefined): void {
    if (form) this.#forms.set(key, form);
  }

  forget(key: string): void {
    this.#usedAt.delete(key);
    this.#forms.delete(key);
  }

  clear(): void {
    this.#usedAt.clear();
    this.#forms.clear();
  }
}

function clock(): number {
  return Math.floor(Date.now() / 1000);
}
