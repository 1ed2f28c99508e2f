import type { KeyEntry } from '../../../grading/verdict';
import type { LeftKey } from '../../protocol';

/** The keys that are new since a look before, or hold something else now, cut to what a page shows. */
export function changedKeys(before: readonly KeyEntry[], now: readonly KeyEntry[]): LeftKey[] {
  const known = new Map(before.map((entry) => [entry.key, JSON.stringify(entry)]));
  return shownKeys(now.filter((entry) => known.get(entry.key) !== JSON.stringify(entry)));
}

/** Keys as a page shows them. */
export function shownKeys(keys: readonly KeyEntry[]): LeftKey[] {
  return keys.map(({ key, type, value }) => ({ key: cut(key), type, value: shownValue(value) }));
}

function shownValue(value: LeftKey['value']): LeftKey['value'] {
  if (typeof value === 'string') return cut(value);
  if (Array.isArray(value)) return value.slice(0, mostMembers).map(cut);
  const members = Object.entries(value).slice(0, mostMembers);
  return Object.fromEntries(members.map(([name, one]) => [cut(name), cut(one)]));
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const mostMembers = 100;
/** In letters. */
const longest = 2000;
