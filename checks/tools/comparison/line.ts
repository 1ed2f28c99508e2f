import { once } from 'node:events';
import net from 'node:net';
import type { Place } from '../../redis/embedded/conformance/wire';
import { readTree, type Tree } from './reply-tree';

/** A connection that sends commands in pipelines and keeps the replies that come. */
export class Line {
  readonly replies: Tree[] = [];
  closed = false;
  #text = '';

  private constructor(
    readonly socket: net.Socket,
    readonly changed: () => void,
  ) {
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.#take(text));
    const end = () => {
      this.closed = true;
      changed();
    };
    socket.on('close', end).on('error', end);
  }

  /** @param changed told of each arrival and of the end */
  static async open(place: Place, changed: () => void): Promise<Line> {
    const socket = net.connect({ ...place, noDelay: true });
    await once(socket, 'connect');
    return new Line(socket, changed);
  }

  send(commands: readonly (readonly string[])[]): void {
    this.socket.write(commands.map(encode).join(''), 'latin1');
  }

  close(): void {
    this.socket.destroy();
  }

  #take(text: string): void {
    this.#text += text;
    let at = 0;
    for (let next = readTree(this.#text, at); next; next = readTree(this.#text, at)) {
      this.replies.push(next.tree);
      at = next.end;
    }
    this.#text = this.#text.slice(at);
    this.changed();
  }
}

/** A command as RESP, a character a byte. */
export function encode(args: readonly string[]): string {
  return `*${args.length}\r\n${args.map((arg) => `$${arg.length}\r\n${arg}\r\n`).join('')}`;
}
