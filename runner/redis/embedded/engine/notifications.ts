import { EVENT_CLASSES, type KeyEvent } from '../store/key-events';

/** The classes that `A` stands for. */
const ALL = 'g$lshzxetd';
/** Tells clients by channels of what happens to keys, as far as `notify-keyspace-events` asks for it. */
export class Notifications {
  #text = '';
  #classes: ReadonlySet<string> = new Set();

  /**
   * @param setting the value of `notify-keyspace-events`
   * @param publish sends a message to the subscribers of a channel
   */
  constructor(
    readonly setting: () => string,
    readonly publish: (channel: string, message: string) => void,
  ) {}

  /** Whether events of a class are told. */
  wants(letter: string): boolean {
    const text = this.setting();
    if (text !== this.#text) {
      this.#text = text;
      this.#classes = new Set(text.replaceAll('A', ALL));
    }
    return this.#classes.has(letter);
  }

  /** Something happened to a key: first told by its name, then by the event's. */
  happened(db: number, event: KeyEvent, key: string): void {
    if (!this.wants(EVENT_CLASSES[event])) return;
    if (this.#classes.has('K')) this.publish(`__keyspace@${db}__:${key}`, event);
    if (this.#classes.has('E')) this.publish(`__keyevent@${db}__:${event}`, key);
  }
}
