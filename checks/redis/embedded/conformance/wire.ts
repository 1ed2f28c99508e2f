import { once } from 'node:events';
import net from 'node:net';
import { formBy } from '../../../../runner/redis/protocol/resp';

/** Where to connect: a unix socket's path, or a port of a host. */
export type Place = { path: string } | { host: string; port: number };

/** ms to wait for a reply before the test fails. */
const PATIENCE = 10_000;

/** A connection that sends bytes and takes replies as the bytes they are. */
export class Wire {
  #text = '';
  #ended = false;
  #wake: () => void = () => {};

  private constructor(readonly socket: net.Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      this.#text += text;
      this.#wake();
    });
    const end = () => {
      this.#ended = true;
      this.#wake();
    };
    socket.on('end', end).on('close', end).on('error', end);
  }

  static async open(place: Place): Promise<Wire> {
    const socket = net.connect(place);
    await once(socket, 'connect');
    socket.setNoDelay(true);
    return new Wire(socket);
  }

  send(bytes: Buffer | string): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** One whole reply, or `(closed)`. */
  async reply(): Promise<string> {
    for (;;) {
      const end = endOfReply(this.#text, 0);
      if (end !== undefined) {
        const reply = this.#text.slice(0, end);
        this.#text = this.#text.slice(end);
        return reply;
      }
      if (this.#ended) return '(closed)';
      await this.#more();
    }
  }

  async ended(): Promise<void> {
    while (!this.#ended) await this.#more();
  }

  /** Sends a command of plain words and takes its reply. */
  ask(line: string): Promise<string> {
    this.send(`${line}\r\n`);
    return this.reply();
  }

  close(): void {
    this.socket.destroy();
  }

  #more(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no reply; so far: ${this.#text}`)),
        PATIENCE,
      );
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The place after the reply that starts there; undefined while it is not whole. */
function endOfReply(text: string, start: number): number | undefined {
  const line = text.indexOf('\r\n', start);
  if (line < 0) return undefined;
  const size = Number(text.slice(start + 1, line));
  const form = formBy(text.charCodeAt(start));
  let at = line + 2;
  if (form === 'bytes' && size >= 0) {
    at += size + 2;
    return at <= text.length ? at : undefined;
  }
  if (form === 'line' || form === 'bytes') return at;
  for (let item = 0; item < (form === 'items' ? size : 2 * size); item += 1) {
    const end = endOfReply(text, at);
    if (end === undefined) return undefined;
    at = end;
  }
  return at;
}

/** The items of an array or a set, in the order of their bytes. */
export function sortItems(reply: string): string {
  const form = formBy(reply.charCodeAt(0));
  if (form !== 'items' && form !== 'pairs') return reply;
  const each = itemsOf(reply);
  // A key of a map keeps its value.
  const items =
    form === 'items' ? each : each.flatMap((item, at) => (at % 2 ? [] : [item + each[at + 1]]));
  items.sort();
  return `${reply[0]}${items.length}\r\n${items.join('')}`;
}

/** The sign of a reply, of a verbatim string its format too, and the signs of its items. */
export function kindOf(reply: string): string {
  const form = formBy(reply.charCodeAt(0));
  if (reply.startsWith('=')) return `=${/\n(.{4})/.exec(reply)?.[1]}`;
  if (form !== 'items' && form !== 'pairs') return reply.charAt(0);
  const kinds = itemsOf(reply).map((item) => item.charAt(0));
  return `${reply[0]} of ${[...new Set(kinds)].join(' ')}`;
}

function itemsOf(reply: string): string[] {
  const items: string[] = [];
  let at = reply.indexOf('\r\n') + 2;
  while (at < reply.length) {
    const end = endOfReply(reply, at) ?? reply.length;
    items.push(reply.slice(at, end));
    at = end;
  }
  return items;
}
