import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express-v5';
import type { PageEvent } from '../protocol';

/**
 * What the server tells every open page, as server-sent events. Each has an id; a page that comes
 * back after a break names the last one it got, and gets those that it missed.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class EventStream {
  /** Tells this start of the workbook from any other. */
  readonly start = randomBytes(6).toString('hex');
  readonly #pages = new Set<Response>();
  readonly #kept: { id: number; text: string }[] = [];
  #last = 0;
  #bytes = 0;
  readonly #beat: NodeJS.Timeout;

  constructor() {
    // A page behind a proxy, or on a machine that slept, learns that the line is dead.
    this.#beat = setInterval(() => this.#write(': beat\n\n'), beatEvery);
    this.#beat.unref();
  }

  /** How many pages listen. */
  get pages(): number {
    return this.#pages.size;
  }

  /** Tells every page. */
  tell(event: PageEvent): void {
    this.#last += 1;
    const text = framed(`${this.start}-${this.#last}`, event);
    this.#kept.push({ id: this.#last, text });
    this.#bytes += text.length;
    while (this.#kept.length > mostKept || this.#bytes > mostBytes) {
      this.#bytes -= this.#kept.shift()?.text.length ?? 0;
    }
    this.#write(text);
  }

  /** Answers a page that listens, until it goes. @param hello what it is told first */
  join(request: Request, response: Response, hello: PageEvent): void {
    response.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
    response.write(`retry: ${retryAfter}\n\n`);
    for (const text of this.#missedBy(request.get('Last-Event-ID'), hello)) response.write(text);
    this.#pages.add(response);
    response.on('close', () => this.#pages.delete(response));
    response.on('error', () => this.#pages.delete(response));
  }

  close(): void {
    clearInterval(this.#beat);
    for (const page of this.#pages) page.end();
    this.#pages.clear();
  }

  #missedBy(last: string | undefined, hello: PageEvent): string[] {
    const [start, place] = (last ?? '').split('-');
    const at = framed(`${this.start}-${this.#last}`, hello);
    if (last === undefined || last === '') return [at];
    const seen = Number(place);
    const first = this.#kept[0]?.id ?? this.#last + 1;
    if (start !== this.start || !Number.isInteger(seen) || seen + 1 < first) {
      return [at, framed(`${this.start}-${this.#last}`, { kind: 'missed' })];
    }
    return [
      framed(`${this.start}-${seen}`, hello),
      ...this.#kept.filter(({ id }) => id > seen).map(({ text }) => text),
    ];
  }

  #write(text: string): void {
    for (const page of this.#pages) {
      // A page that does not read must not fill the memory: it comes back and says what it missed.
      if (page.writableLength > mostBytes) page.destroy();
      else page.write(text);
    }
  }
}

/** In ms: how often a sign of life, and when a page tries again. */
const beatEvery = 15_000;
const retryAfter = 1000;
/** What is kept for pages that come back. */
const mostKept = 2000;
const mostBytes = 8_000_000;

/** JSON has no line ends of its own, so an event is one line. */
function framed(id: string, event: PageEvent): string {
  return `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;
}
