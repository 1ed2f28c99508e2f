import { isBlocking } from '../../redis/protocol/blocking-commands';
import { bytesOf, ReplyReader, textOf } from '../../redis/protocol/reply-reader';
import { ProtocolError, type Reply } from '../../redis/protocol/resp';
import type { Journal, WireCommand } from './journal';

const pushes = new Set(['message', 'pmessage']);
const subscriptions = new Set(['subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe']);

/** Reads one connection's bytes in both directions into the journal; it never changes them. */
export class Wire {
  readonly #journal: Journal;
  readonly #program: string;
  readonly #connection: number;
  readonly #counted: () => void;
  readonly #waiting: WireCommand[] = [];
  // A request has the form of a reply too: an array of bulk strings.
  readonly #requests = new ReplyReader(textOf);
  readonly #replies = new ReplyReader(bytesOf);
  /** The program has said QUIT: the connection is about to end. */
  quitting = false;
  /** The command that came last, as words; empty before the first. */
  last: string[] = [];
  #rejected = false;
  #subscribed = false;
  /** Confirmations still to come for the oldest subscription command. */
  #confirmations = 0;

  /** @param counted called for each command */
  constructor(journal: Journal, program: string, connection: number, counted: () => void) {
    this.#counted = counted;
    this.#journal = journal;
    this.#program = program;
    this.#connection = connection;
  }

  /** Whether Redis ends the connection for what the program has sent: QUIT, or what is no command. */
  get farewell(): boolean {
    return this.quitting || this.#rejected;
  }

  /** Commands that wait for a reply which Redis owes at once: blocking pops apart. */
  get unanswered(): number {
    return this.#waiting.filter((command) => !isBlocking(command.words[0] ?? '')).length;
  }

  /** The journal's time, in ms. */
  now(): number {
    return this.#journal.now();
  }

  /** Bytes from the program, and when they came. */
  request(bytes: Buffer, at: number): void {
    for (const request of this.#read(this.#requests, bytes)) this.#sent(request, at);
  }

  /** Bytes from Redis, and when they came. */
  reply(bytes: Buffer, at: number): void {
    for (const reply of this.#read(this.#replies, bytes)) this.#replied(reply, at);
  }

  /** What is no RESP goes by unread: Redis itself will answer it with an error. */
  #read<Bulk>(reader: ReplyReader<Bulk>, bytes: Buffer): Reply<Bulk>[] {
    try {
      return reader.read(bytes);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#rejected = true;
      return [];
    }
  }

  #sent(request: Reply<string>, at: number): void {
    if (!Array.isArray(request) || request.length === 0) return;
    const words = request.map(String);
    words[0] = (words[0] ?? '').toUpperCase();
    const command: WireCommand = {
      kind: 'command',
      program: this.#program,
      connection: this.#connection,
      at,
      words,
    };
    if (words[0] === 'QUIT') this.quitting = true;
    this.last = words;
    this.#counted();
    this.#journal.passed(command);
    this.#waiting.push(command);
  }

  #replied(reply: Reply, at: number): void {
    const kind = Array.isArray(reply) && Buffer.isBuffer(reply[0]) ? String(reply[0]) : '';
    if (this.#subscribed && Array.isArray(reply) && pushes.has(kind)) {
      this.#journal.passed({
        kind: 'push',
        program: this.#program,
        connection: this.#connection,
        at,
        reply,
      });
      return;
    }
    const command = this.#waiting[0];
    if (!command) return;
    if (Array.isArray(reply) && subscriptions.has(kind)) {
      this.#subscribed = true;
      // One confirmation a channel; without a channel named, as many as there were, at least one.
      if (this.#confirmations === 0) this.#confirmations = Math.max(1, command.words.length - 1);
      this.#confirmations -= 1;
      if (command.words.length === 1) this.#confirmations = Number(reply[2]);
      if (this.#confirmations > 0) return;
    }
    command.reply = reply;
    command.repliedAt = at;
    this.#waiting.shift();
  }
}
