import { ProtocolFault } from '../../redis/embedded/protocol/protocol-fault';
import { RequestReader } from '../../redis/embedded/protocol/request';

/**
 * Something that goes wrong between a program and Redis, put in to see that everybody bears it:
 * the command's connection is cut, all end and none is taken any more, Redis itself ends, or the
 * command arrives later. No lesson's check asks for one.
 */
export type Fault = {
  /** The program, by the name under which evidence speaks of it. */
  program: string;
  /** At which of its commands, from 1, as they come over all of its connections. */
  at: number;
} & ({ what: 'cut' | 'refuse' | 'kill' } | { what: 'delay'; ms: number });

/** Where one chunk of bytes meets the fault. */
export interface Split {
  before: Buffer;
  /** From the command on at which it is due. */
  rest: Buffer;
}

/** Counts a program's commands up to the one at which its fault is due. */
export class FaultPoint {
  #left: number;

  constructor(readonly fault: Fault) {
    this.#left = fault.at;
  }

  /** Watches one of the program's connections. */
  gate(): FaultGate {
    return new FaultGate(() => {
      this.#left -= 1;
      return this.#left === 0;
    });
  }
}

/** One connection's bytes on their way to the fault. */
export class FaultGate {
  readonly #counts: () => boolean;
  readonly #reader = new RequestReader();
  /** Bytes seen, and where in them the last whole command ends. */
  #seen = 0;
  #read = 0;

  /** @param counts given each command; whether it is the one */
  constructor(counts: () => boolean) {
    this.#counts = counts;
  }

  /** @returns nothing where the fault is not due in these bytes */
  split(bytes: Buffer): Split | undefined {
    const start = this.#seen;
    this.#reader.push(bytes);
    this.#seen += bytes.length;
    while (this.#next()) {
      if (this.#counts()) {
        // Where the command began in a chunk before, its head is on its way already.
        const cut = Math.max(0, this.#read - start);
        return { before: bytes.subarray(0, cut), rest: bytes.subarray(cut) };
      }
      this.#read = this.#seen - this.#reader.held;
    }
    return undefined;
  }

  #next(): boolean {
    try {
      return this.#reader.next() !== undefined;
    } catch (error) {
      // What is no command is not counted: Redis itself will answer it.
      if (error instanceof ProtocolFault) return false;
      throw error;
    }
  }
}
