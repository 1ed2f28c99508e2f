import { ProtocolFault } from '../../redis/embedded/protocol/protocol-fault';
import { RequestReader } from '../../redis/embedded/protocol/request';
import { isBlocking } from '../../redis/protocol/blocking-commands';
import { bytesOf, ReplyReader } from '../../redis/protocol/reply-reader';
import { ProtocolError, Push, type Reply } from '../../redis/protocol/resp';
import type { Journal, WireCommand } from './journal';
import { isSubscription, Subscriptions } from './subscriptions';

/** Reads one connection's bytes in both directions into the journal; it never changes them. */
export class Wire {
  readonly #journal: Journal;
  readonly #program: string;
  /** Which of the program's connections it is, from 1. */
  readonly connection: number;
  readonly #counted: () => void;
  readonly #waiting: WireCommand[] = [];
  readonly #requests = new RequestReader();
  readonly #replies = new ReplyReader(bytesOf);
  /** The program has said QUIT: the connection is about to end. */
  quitting = false;
  /** The command that came last, as words; empty before the first. */
  last: string[] = [];
  #rejected = false;
  readonly #subscriptions = new Subscriptions();

  /** @param counted called for each command */
  constructor(journal: Journal, program: string, connection: number, counted: () => void) {
    this.#counted = counted;
    this.#journal = journal;
    this.#program = program;
    this.connection = connection;
  }

  /** Whether Redis ends the connection for what the program has sent: QUIT, or what is no command. */
  get farewell(): boolean {
    return this.quitting || this.#rejected;
  }

  /** Commands that wait for a reply which Redis owes at once: blocking pops apart. */
  get unanswered(): number {
    return this.#waiting.filter((command) => !isBlocking(command.words)).length;
  }

  /** The journal's time, in ms. */
  now(): number {
    return this.#journal.now();
  }

  /** Bytes from the program, and when they came. */
  request(bytes: Buffer, at: number): void {
    if (this.#rejected) return;
    this.#requests.push(bytes);
    for (let words = this.#next(); words; words = this.#next()) this.#sent(words, at);
  }

  /** Bytes from Redis, and when they came. */
  reply(bytes: Buffer, at: number): void {
    for (const reply of this.#read(bytes)) this.#replied(reply, at);
  }

  /** What is no command goes by unread: Redis itself will answer it with an error, and end the connection. */
  #next(): string[] | undefined {
    try {
      return this.#requests.next();
    } catch (error) {
      if (!(error instanceof ProtocolFault)) throw error;
      this.#rejected = true;
      return undefined;
    }
  }

  #read(bytes: Buffer): (Reply | Push)[] {
    try {
      return this.#replies.read(bytes);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#rejected = true;
      return [];
    }
  }

  /** @param request its bytes, a character each */
  #sent(request: string[], at: number): void {
    const words = request.map((word) => Buffer.from(word, 'latin1').toString());
    words[0] = (words[0] ?? '').toUpperCase();
    const command: WireCommand = {
      kind: 'command',
      program: this.#program,
      connection: this.connection,
      at,
      words,
    };
    if (words[0] === 'QUIT') this.quitting = true;
    this.last = words;
    this.#counted();
    this.#journal.passed(command);
    this.#waiting.push(command);
  }

  #replied(reply: Reply | Push, at: number): void {
    const command = this.#waiting[0];
    const name = command?.words[0] ?? '';
    const isPush = reply instanceof Push;
    const items = isPush ? reply.items : reply;
    if (Array.isArray(items)) {
      const told = { isPush, kind: text(items[0]), name: text(items[1]) };
      if (this.#subscriptions.comesByItself(told, name)) {
        this.#heard(items, at);
        return;
      }
      const asked = (command?.words.length ?? 1) - 1;
      if (isSubscription(name) && !this.#subscriptions.confirmed(told, asked)) return;
    }
    if (!command) return;
    if (name === 'RESET') this.#subscriptions.clear();
    command.reply = items;
    command.repliedAt = at;
    this.#waiting.shift();
  }

  /** Redis sent something without being asked. */
  #heard(reply: Reply[], at: number): void {
    const [program, connection] = [this.#program, this.connection];
    this.#journal.passed({ kind: 'push', program, connection, at, reply });
  }
}

function text(item: Reply | undefined): string {
  return Buffer.isBuffer(item) ? item.toString() : '';
}
