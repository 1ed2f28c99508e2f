import { NAME_COST } from './limits';

/** A client as WATCH sees it. */
export interface Watcher {
  /** Keys under WATCH, as `db:key`, with whether each was there then. */
  readonly watched: Map<string, { db: number; key: string; existed: boolean }>;
  /** A watched key was changed: EXEC does nothing. */
  dirty: boolean;
  /** Bytes in the keys that it watches, and other names that are kept for it. */
  names: number;
}

/** Which clients WATCH which keys. */
export class Watches {
  readonly #watchers = new Map<string, Set<Watcher>>();

  add(watcher: Watcher, db: number, key: string, existed: boolean): void {
    const place = `${db}:${key}`;
    if (watcher.watched.has(place)) return;
    watcher.names += place.length + NAME_COST;
    watcher.watched.set(place, { db, key, existed });
    const watchers = this.#watchers.get(place);
    if (watchers) watchers.add(watcher);
    else this.#watchers.set(place, new Set([watcher]));
  }

  /** The key was changed: the transactions that watch it fail. */
  touched(db: number, key: string): void {
    if (this.#watchers.size === 0) return;
    for (const watcher of this.#watchers.get(`${db}:${key}`) ?? []) watcher.dirty = true;
  }

  /** The same of every key under WATCH that has changed. */
  touchedWhere(hasChanged: (db: number, key: string) => boolean): void {
    for (const [place, watchers] of this.#watchers) {
      const colon = place.indexOf(':');
      if (!hasChanged(Number(place.slice(0, colon)), place.slice(colon + 1))) continue;
      for (const watcher of watchers) watcher.dirty = true;
    }
  }

  release(watcher: Watcher): void {
    for (const place of watcher.watched.keys()) {
      const watchers = this.#watchers.get(place);
      watchers?.delete(watcher);
      watcher.names -= place.length + NAME_COST;
      if (watchers?.size === 0) this.#watchers.delete(place);
    }
    watcher.watched.clear();
  }
}
