import { NAME_COST, type Session } from './session';

/** Which sessions WATCH which keys. */
export class Watches {
  readonly #sessions = new Map<string, Set<Session>>();

  add(session: Session, db: number, key: string, existed: boolean): void {
    const place = `${db}:${key}`;
    if (session.watched.has(place)) return;
    session.names += place.length + NAME_COST;
    session.watched.set(place, { db, key, existed });
    const sessions = this.#sessions.get(place);
    if (sessions) sessions.add(session);
    else this.#sessions.set(place, new Set([session]));
  }

  /** The key was changed: the transactions that watch it fail. */
  touched(db: number, key: string): void {
    if (this.#sessions.size === 0) return;
    for (const session of this.#sessions.get(`${db}:${key}`) ?? []) session.dirty = true;
  }

  release(session: Session): void {
    for (const place of session.watched.keys()) {
      const sessions = this.#sessions.get(place);
      sessions?.delete(session);
      session.names -= place.length + NAME_COST;
      if (sessions?.size === 0) this.#sessions.delete(place);
    }
    session.watched.clear();
  }
}
