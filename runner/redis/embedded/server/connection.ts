import type { Socket } from 'node:net';
import type { CommandTable } from '../commands/command';
import { kindOf } from '../engine/client-line';
import type { Engine } from '../engine/engine';
import type { Outlet, Session } from '../engine/session';
import { ProtocolFault } from '../protocol/protocol-fault';
import { error, type Reply } from '../protocol/reply';
import { RequestReader } from '../protocol/request';
import { execute } from './execute';

/** Bytes that a client may leave unread before it is cut off. */
const MAX_UNREAD = 128 * 1024 * 1024;
const MAX_UNREAD_SUBSCRIBED = 32 * 1024 * 1024;
/** Bytes for all clients together. Whoever goes beyond is cut off, unless it has little. */
const MAX_FOR_ALL = 512 * 1024 * 1024;
const LITTLE = 64 * 1024;

/** One client on the wire: bytes in, commands run in order, all replies of a turn in one write. */
export class Connection implements Outlet {
  #reader: RequestReader;
  readonly #session: Session;
  #out = '';
  /** Its part of what all clients take, when it was last looked at. */
  #weight = 0;
  /** Since when it has been beyond the soft limit of what may be unread. */
  #overSince: number | undefined;
  #flushing = false;
  /** One of its commands runs. */
  #isRunning = false;
  #closed = false;
  #ending = false;

  constructor(
    readonly socket: Socket,
    readonly engine: Engine,
    readonly table: CommandTable,
    readonly address: string,
    readonly localAddress: string,
  ) {
    this.#reader = new RequestReader(engine.requestLimits);
    this.#session = engine.join(this);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#receive(chunk));
    // A client that has gone must not be given anything, so it leaves before any later command.
    socket.on('end', () => this.#leave(() => socket.end()));
    socket.on('drain', () => this.#weigh());
    socket.on('close', () => {
      this.#leave();
      this.#weigh();
    });
    socket.on('error', () => this.kill());
  }

  get held(): number {
    return this.#isRunning ? this.#reader.buffered : this.#reader.held;
  }

  get unread(): number {
    return this.#out.length + this.socket.writableLength;
  }

  write(reply: Reply): void {
    if (this.#answers) this.push(reply);
  }

  push(message: Reply): void {
    if (this.#closed || message === '') return;
    if (this.#out.length + message.length > MAX_UNREAD) {
      this.#out = '';
      this.kill();
      return;
    }
    this.#out += message;
    if (this.#flushing) return;
    this.#flushing = true;
    process.nextTick(() => this.#flush());
  }

  resume(): void {
    process.nextTick(() => this.#run());
  }

  end(): void {
    this.#ending = true;
    this.#leave(() => this.socket.destroySoon());
  }

  kill(): void {
    this.#leave();
    this.socket.destroy();
  }

  /** CLIENT REPLY may have asked for silence. */
  get #answers(): boolean {
    const { replies } = this.#session;
    return replies === 'on' || replies === 'next';
  }

  #receive(chunk: Buffer): void {
    if (this.#closed) return;
    this.engine.statistics.read.chunks += 1;
    this.engine.statistics.read.bytes += chunk.length;
    this.#reader.push(chunk);
    this.#run();
    this.#weigh();
  }

  /** Cuts the client off where it takes too much memory. */
  #weigh(): void {
    const held = this.#closed ? 0 : this.#reader.held + this.#session.kept;
    const unread = this.socket.destroyed ? 0 : this.#out.length + this.socket.writableLength;
    this.engine.clientBytes += held + unread - this.#weight;
    this.#weight = held + unread;
    const limit = this.#session.subscriptions > 0 ? MAX_UNREAD_SUBSCRIBED : MAX_UNREAD;
    const { stays } = this.#session;
    const crowded = this.engine.clientBytes > MAX_FOR_ALL && this.#weight > LITTLE && !stays;
    const tooMuch = unread > limit || this.#isOverLimit(unread);
    if (held > this.engine.queryLimit || tooMuch || crowded) this.socket.destroy();
  }

  /** Whether it leaves more unread than a setting lets it, or has done so for too long. */
  #isOverLimit(unread: number): boolean {
    const { hard, soft, ms } = this.engine.outputLimits.of(kindOf(this.#session));
    if (soft === 0 || unread <= soft) this.#overSince = undefined;
    else this.#overSince ??= Date.now();
    const lasts = this.#overSince !== undefined && Date.now() - this.#overSince > ms;
    return lasts || (hard > 0 && unread > hard);
  }

  #run(): void {
    const session = this.#session;
    session.lastActive = Date.now();
    try {
      while (!session.blocked && !this.#closed && !this.#ending) {
        if (this.engine.busy.run && !this.engine.busy.isSlow) {
          this.engine.busy.hold(() => this.resume());
          return;
        }
        this.#reader.isStranger = session.isStranger;
        const args = this.#reader.next();
        if (!args) return;
        this.#isRunning = true;
        const reply = execute(this.engine, this.table, session, args);
        this.#isRunning = false;
        if (!session.blocked) session.argumentBytes = 0;
        if (reply !== undefined) this.write(reply);
        this.engine.tracking.settle();
        this.engine.monitors.settle();
        if (session.replies === 'skip') session.replies = 'on';
        else if (session.replies === 'next') session.replies = 'skip';
      }
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      this.write(error(fault.message));
      this.end();
    }
  }

  #flush(): void {
    this.#flushing = false;
    const out = this.#out;
    this.#out = '';
    if (this.socket.destroyed || !this.socket.writable || out === '') return;
    this.engine.statistics.written.chunks += 1;
    this.engine.statistics.written.bytes += out.length;
    this.socket.write(out, 'latin1');
    this.#weigh();
  }

  /** Once: the session is over; what was written for it still goes out before `then`. */
  #leave(then?: () => void): void {
    if (this.#closed) return;
    this.#flush();
    this.#closed = true;
    this.#reader = new RequestReader();
    this.engine.leave(this.#session);
    this.#weigh();
    then?.();
  }
}
