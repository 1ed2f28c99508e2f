import { CommandError } from '../protocol/command-error';
import type { Persistence } from '../store/persistence';
import type { Session } from './session';
import type { Settings } from './settings/settings';

interface House {
  readonly settings: Settings;
  readonly sessions: ReadonlyMap<number, Session>;
  readonly persistence: Persistence;
  readonly dirty: number;
  readonly busy: { readonly run: unknown };
  save(): void;
}

/** What is looked after once a second, where a setting asks for it: clients that are idle, and saving. */
export class Housekeeping {
  readonly #house: House;
  #timer: NodeJS.Timeout | undefined;

  constructor(house: House) {
    this.#house = house;
    house.settings.onChange('timeout', () => this.#arrange());
    house.settings.onChange('save', () => this.#arrange());
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #arrange(): void {
    const { settings } = this.#house;
    this.stop();
    if (settings.number('timeout') === 0 && settings.text('save') === '') return;
    this.#timer = setInterval(() => this.#look(), 1000);
    this.#timer.unref();
  }

  #look(): void {
    // Nobody sees, and no file keeps, the half of what a script does.
    if (this.#house.busy.run) return;
    const { settings, sessions } = this.#house;
    const idle = settings.number('timeout') * 1000;
    for (const session of idle > 0 ? sessions.values() : []) {
      const waits = session.blocked || session.monitoring || session.subscriptions > 0;
      if (!waits && Date.now() - session.lastActive > idle) session.outlet.kill();
    }
    if (this.#isDue()) this.#save();
  }

  #isDue(): boolean {
    const { settings, persistence, dirty } = this.#house;
    const points = settings.text('save').split(' ').map(Number);
    const seconds = (Date.now() - persistence.savedAt) / 1000;
    return points.some(
      (after, at) => at % 2 === 0 && after > 0 && seconds > after && dirty >= (points[at + 1] ?? 0),
    );
  }

  #save(): void {
    try {
      this.#house.save();
    } catch (fault) {
      // Told by INFO, as there is nobody to answer.
      if (!(fault instanceof CommandError)) throw fault;
    }
  }
}
