import { setTimeout as pause } from 'node:timers/promises';
import { Wire } from '../../redis/embedded/conformance/wire';

/** A database that no other client ever selects. */
const DATABASE = 15;
/** ms between two looks. */
const INTERVAL = 5;

/** A client with data of its own that looks all the time whether they are there. */
export class Witness {
  looks = 0;
  /** ms that the longest look took. */
  longest = 0;
  /** What it saw that must not be. */
  fault: string | undefined;
  #over = false;

  private constructor(readonly wire: Wire) {}

  static async start(port: number): Promise<Witness> {
    const witness = new Witness(await Wire.open({ host: '127.0.0.1', port }));
    await witness.wire.ask(`SELECT ${DATABASE}`);
    await witness.wire.ask('RPUSH list a b c');
    return witness;
  }

  /** Looks until it is stopped, or something is wrong. */
  async watch(): Promise<void> {
    try {
      while (!this.#over && this.fault === undefined) {
        await this.#look();
        await pause(INTERVAL);
      }
    } catch (error) {
      this.fault = error instanceof Error ? error.message : String(error);
    }
  }

  stop(): void {
    this.#over = true;
  }

  async #look(): Promise<void> {
    const start = performance.now();
    const number = this.looks;
    await this.#expect('PING', '+PONG\r\n');
    await this.#expect(`SET number ${number}`, '+OK\r\n');
    await this.#expect('GET number', `$${String(number).length}\r\n${number}\r\n`);
    await this.#expect('LRANGE list 0 -1', '*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n');
    await this.#expect('DBSIZE', ':2\r\n');
    this.longest = Math.max(this.longest, performance.now() - start);
    this.looks += 1;
  }

  async #expect(question: string, answer: string): Promise<void> {
    const given = await this.wire.ask(question);
    if (given !== answer) this.fault ??= `${question} was answered ${JSON.stringify(given)}`;
  }
}
