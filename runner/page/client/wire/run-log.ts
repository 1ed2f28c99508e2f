import type { WireEvent } from '../../protocol';

/** What one line of the lanes shows. */
export interface Row {
  /** Of its event; of what somebody was told by a reply, a fraction behind. */
  id: number;
  at: number;
  program: string;
  kind: 'command' | 'message' | 'output' | 'errors' | 'http';
  text: string;
  /** In bytes, as text. */
  bytes: number;
  connection: number | undefined;
  /** What came back, where that belongs to the line itself, and when. */
  reply: string | undefined;
  repliedAt: number | undefined;
  /** What came back as redis-cli shows it, where `reply` is short for it. */
  wholeReply: string | undefined;
  /** Redis answers it only when there is something, which is a line of its own. */
  waits: boolean;
  /** A queue library's book-keeping. */
  aside: boolean;
  /** What a queue library did, in words, for a command and its reply that are its book-keeping. */
  told: boolean;
  about: readonly string[];
}

/** A run as it was seen so far, laid out in lines, each in its place by time. */
export class RunLog {
  /** Whether a queue library is at work. */
  hasJobs = false;
  /** What says something of queues: of jobs, and of who waits; by its time. */
  readonly queueEvents: WireEvent[] = [];
  readonly #rows: Row[] = [];
  readonly #byEvent = new Map<number, Row>();
  #shown: { all: boolean; rows: readonly Row[] } | undefined;
  #end = 0;

  /** Adds events; those that are there already are passed over. A reply comes behind what it is for. */
  add(events: readonly WireEvent[]): void {
    for (const event of events) {
      if (event.kind === 'reply') this.#answer(event);
      else this.#begin(event);
      this.#end = Math.max(this.#end, event.at);
    }
    this.#shown = undefined;
  }

  /** How many lines there are, hidden ones too. */
  get length(): number {
    return this.#rows.length;
  }

  /**
   * The time of the first line that is shown, and of the last thing that was seen, in ms.
   * @param all as for {@link rows}
   */
  span(all: boolean): { start: number; end: number } {
    return { start: this.rows(all)[0]?.at ?? 0, end: this.#end };
  }

  /**
   * The lines to show, by their time.
   * @param all with what a queue library does for itself, in place of what that tells of jobs
   */
  rows(all: boolean): readonly Row[] {
    if (this.#shown?.all === all) return this.#shown.rows;
    const isShown = all || !this.hasJobs ? ({ told }: Row) => !told : ({ aside }: Row) => !aside;
    const rows = this.#rows.filter(isShown);
    this.#shown = { all, rows };
    return rows;
  }

  #begin(event: WireEvent): void {
    const { id, at, program, kind, text, bytes, connection, waitsFor, housekeeping } = event;
    if (kind === 'reply' || this.#byEvent.has(id)) return;
    const row: Row = {
      id,
      at,
      program,
      kind,
      text,
      bytes,
      connection,
      reply: undefined,
      repliedAt: undefined,
      wholeReply: event.whole,
      waits: waitsFor !== undefined,
      aside: housekeeping ?? false,
      told: false,
      about: event.about ?? [],
    };
    this.#byEvent.set(id, row);
    insert(this.#rows, row);
    if (waitsFor) insert(this.queueEvents, event);
  }

  #answer(event: WireEvent): void {
    const { id, at, of, text, bytes, whole, tells = [], about = [], moves } = event;
    const sent = of === undefined ? undefined : this.#byEvent.get(of);
    if (!sent || this.#byEvent.has(id)) return;
    this.#byEvent.set(id, sent);
    if (moves) this.hasJobs = true;
    if (moves || sent.waits) insert(this.queueEvents, event);
    const kind = sent.waits ? 'message' : sent.kind;
    const answer: Row = { ...sent, id, at, kind, text, bytes, waits: false, wholeReply: whole };
    for (const [place, line] of tells.entries()) {
      const own = { id: id + (place + 1) / (tells.length + 1), aside: false, told: true };
      const jobs = about.filter((subject) => subject.startsWith('job '));
      const name = sent.text.split(' ')[0] ?? '';
      const words = sent.waits ? line : `${name} (${line})`;
      insert(this.#rows, { ...answer, ...own, text: words, about: jobs });
    }
    if (sent.waits) {
      insert(this.#rows, { ...answer, about: [...new Set([...sent.about, ...about])] });
      return;
    }
    // In a transaction the answer comes with its end.
    sent.reply = text === 'QUEUED' ? undefined : text;
    sent.repliedAt = at;
    sent.wholeReply = whole;
    sent.about = [...new Set([...sent.about, ...about])];
  }
}

/** How many lines are there at a moment: those up to it. */
export function countAt(rows: readonly Row[], time: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.at ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The line at which a check found its fault: the last one that was there by then. */
export function faultAt(rows: readonly Row[], time: number | undefined): Row | undefined {
  return time === undefined ? undefined : rows[countAt(rows, time) - 1];
}

const logs = new WeakMap<readonly WireEvent[], { log: RunLog; read: number }>();

/**
 * The log of events that grow in place; what was added since the last call is read on.
 * @param events always the same array for one run
 */
export function logOf(events: readonly WireEvent[]): RunLog {
  const known = logs.get(events) ?? { log: new RunLog(), read: 0 };
  logs.set(events, known);
  if (known.read < events.length) known.log.add(events.slice(known.read));
  known.read = events.length;
  return known.log;
}

/** Puts it behind all that is not later; most of the time that is the end. */
function insert<Item extends { at: number }>(items: Item[], item: Item): void {
  let place = items.length;
  while (place > 0 && (items[place - 1]?.at ?? 0) > item.at) place -= 1;
  items.splice(place, 0, item);
}
