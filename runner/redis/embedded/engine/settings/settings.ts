import { CommandError } from '../../protocol/command-error';
import { constants } from './constants';
import type { Row } from './row';
import { served } from './served';
import { SettingFault } from './setting-fault';

/** A setting that changes something. */
export type SettingName = keyof typeof served;

const rows = new Map<string, Row>(Object.entries({ ...served, ...constants }));
const aliases = new Map(
  Array.from(rows).flatMap(([name, { alias }]) => (alias ? [[alias, name] as const] : [])),
);

interface Change {
  readonly name: string;
  readonly before: string;
  readonly value: string;
}

/** The settings of one embedded Redis, each in the form that CONFIG GET shows. */
export class Settings {
  readonly #values = new Map(Array.from(rows, ([name, { initial }]) => [name, initial]));
  readonly #numbers = new Map<string, number>();
  readonly #listeners = new Map<string, (value: string) => void>();

  /** @param given what this server starts with, where it is not what every Redis does */
  constructor(given: Readonly<Record<string, string>> = {}) {
    for (const [name, value] of Object.entries(given)) this.#values.set(name, value);
  }

  /** What a setting is, such as `Kgx` for `notify-keyspace-events`. */
  text(name: SettingName): string {
    return this.#values.get(name) ?? '';
  }

  /** A setting that is a number: a count, bytes, or ms or s as Redis has it. */
  number(name: SettingName): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = Number(this.text(name));
    this.#numbers.set(name, number);
    return number;
  }

  /** Whether a setting of yes and no is yes. */
  isOn(name: SettingName): boolean {
    return this.text(name) === 'yes';
  }

  /** All settings and their values, by older names as well. */
  *entries(): IterableIterator<[name: string, value: string]> {
    for (const [name, value] of this.#values) yield [name, rows.get(name)?.shown?.(value) ?? value];
    for (const [alias, name] of aliases) yield [alias, this.#values.get(name) ?? ''];
  }

  /**
   * Tells of a new value, before CONFIG SET has answered.
   * @param listener throws SettingFault where it cannot be: then all stays as it was
   */
  onChange(name: SettingName, listener: (value: string) => void): void {
    this.#listeners.set(name, listener);
  }

  /**
   * Gives several settings new values, or none of them.
   * @throws CommandError in the words of CONFIG SET
   */
  set(pairs: readonly (readonly [name: string, value: string])[]): void {
    const named = lookUp(pairs.map(([name]) => name));
    const changes: Change[] = [];
    for (const [at, { name, row }] of named.entries()) {
      const [given, value] = pairs[at] ?? ['', ''];
      const before = this.#values.get(name) ?? '';
      attempt(given.toLowerCase(), () =>
        changes.push({ name, before, value: row.read(value, before) }),
      );
    }
    for (const { name, value } of changes) this.#put(name, value);
    for (const [at, { name, value, before }] of changes.entries()) {
      if (value === before) continue;
      try {
        attempt(pairs[at]?.[0].toLowerCase() ?? name, () => this.#listeners.get(name)?.(value));
      } catch (fault) {
        for (const change of changes) this.#put(change.name, change.before);
        for (const change of changes.slice(0, at))
          this.#listeners.get(change.name)?.(change.before);
        throw fault;
      }
    }
  }

  /** Keeps what the server found out itself, for CONFIG GET. */
  found(name: keyof typeof constants, value: string): void {
    this.#put(name, value);
  }

  #put(name: string, value: string): void {
    this.#values.set(name, value);
    this.#numbers.delete(name);
  }
}

/** The rows of the settings named. @throws CommandError, of the first that cannot be set */
function lookUp(given: readonly string[]): { name: string; row: Row }[] {
  const found: { name: string; row: Row }[] = [];
  const seen = new Set<string>();
  for (const word of given) {
    const name = aliases.get(word.toLowerCase()) ?? word.toLowerCase();
    const row = rows.get(name);
    if (!row) {
      throw new CommandError(
        `ERR Unknown option or number of arguments for CONFIG SET - '${word}'`,
      );
    }
    if (row.access !== 'settable') throw refused(word, `can't set ${row.access} config`);
    // The older name of a setting counts as another.
    if (seen.has(word.toLowerCase())) throw refused(word, 'duplicate parameter');
    seen.add(word.toLowerCase());
    found.push({ name, row });
  }
  return found;
}

function attempt(given: string, change: () => void): void {
  try {
    change();
  } catch (fault) {
    if (fault instanceof SettingFault) throw refused(given, fault.message);
    throw fault;
  }
}

function refused(given: string, reason: string): CommandError {
  return new CommandError(
    `ERR CONFIG SET failed (possibly related to argument '${given}') - ${reason}`,
  );
}
