import { ProtocolFault } from '../../redis/embedded/protocol/protocol-fault';
import { RequestReader } from '../../redis/embedded/protocol/request';

/** Where one chunk of bytes meets the command. */
export interface Split {
  before: Buffer;
  /** From the command on. */
  rest: Buffer;
}

/** Finds, in one connection's bytes on their way to Redis, the command at which something is to be done. */
export class CommandGate {
  readonly #isMeant: (words: string[]) => boolean;
  readonly #reader = new RequestReader();
  /** Bytes seen, and where in them the last whole command ends. */
  #seen = 0;
  #read = 0;

  /** @param isMeant given the words of each command, its name in capitals; whether it is the one */
  constructor(isMeant: (words: string[]) => boolean) {
    this.#isMeant = isMeant;
  }

  /** @returns nothing where it is not among these bytes */
  split(bytes: Buffer): Split | undefined {
    const start = this.#seen;
    this.#reader.push(bytes);
    this.#seen += bytes.length;
    for (let words = this.#next(); words; words = this.#next()) {
      const [name = '', ...rest] = words;
      if (this.#isMeant([name.toUpperCase(), ...rest])) {
        // Where the command began in a chunk before, its head is on its way already.
        const cut = Math.max(0, this.#read - start);
        return { before: bytes.subarray(0, cut), rest: bytes.subarray(cut) };
      }
      this.#read = this.#seen - this.#reader.held;
    }
    return undefined;
  }

  #next(): string[] | undefined {
    try {
      return this.#reader.next();
    } catch (error) {
      // What is no command is not counted: Redis itself will answer it.
      if (error instanceof ProtocolFault) return undefined;
      throw error;
    }
  }
}
