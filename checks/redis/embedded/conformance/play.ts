import { encodeLine, readStep, type Scenario, type Step, unescapeBytes } from './scenario';
import { kindOf, type Place, sortItems, Wire } from './wire';

/**
 * Plays a scenario on an emptied server.
 * @param protocol that each of its connections chooses first
 * @returns what each step brought
 */
export async function play(
  place: Place,
  { steps }: Scenario,
  protocol: 2 | 3 = 2,
): Promise<string[]> {
  const stage = new Stage(place, await Wire.open(place), protocol);
  try {
    await stage.control.ask('FLUSHALL');
    await stage.control.ask('SCRIPT FLUSH');
    const seen: string[] = [];
    for (const line of steps) seen.push(await stage.act(readStep(line)));
    return seen;
  } finally {
    await stage.close();
  }
}

/** The connections of one scenario, and one more to look at the server with. */
class Stage {
  readonly #wires = new Map<number, Wire>();
  /** Their numbers as the server knows them. */
  readonly #ids = new Map<number, string>();
  #blocked = 0;

  constructor(
    readonly place: Place,
    readonly control: Wire,
    readonly protocol: 2 | 3,
  ) {}

  async act(given: Step): Promise<string> {
    const known = (_: string, connection: string) => this.#ids.get(Number(connection)) ?? '';
    const step = { ...given, text: given.text.replace(/\{id (\d+)\}/g, known) };
    const wire = await this.#wire(step.connection);
    switch (step.sign) {
      case ':':
      case '~':
      case '^':
        wire.send(encodeLine(step.text));
        break;
      case '!':
        wire.send(encodeLine(step.text));
        this.#blocked += 1;
        await this.#until('INFO clients', (info) =>
          info.includes(`blocked_clients:${this.#blocked}\r`),
        );
        break;
      case '=':
        wire.send(unescapeBytes(step.text));
        break;
      case '*':
        for (const byte of unescapeBytes(step.text)) {
          wire.send(byte);
          await new Promise((resolve) => setImmediate(resolve));
        }
        break;
      case '-':
        await this.#until(`PTTL ${step.text}`, (left) => left === ':-2\r\n');
        break;
      case 'x':
        await this.#cut(step.connection, wire);
        break;
      case '$':
        await wire.ended();
        break;
    }
    return this.#take(wire, step);
  }

  async close(): Promise<void> {
    const others = [...this.#wires.values()];
    for (const wire of others) wire.close();
    await this.#until('INFO clients', (info) => info.includes('connected_clients:1\r'));
    this.control.close();
  }

  async #take(wire: Wire, { sign, replies }: Step): Promise<string> {
    let seen = '';
    for (let taken = 0; taken < replies; taken += 1) seen += await wire.reply();
    if (sign === '?' && this.#blocked > 0) this.#blocked -= 1;
    if (sign === '^') return kindOf(seen);
    return sign === '~' ? sortItems(seen) : seen;
  }

  async #wire(number: number): Promise<Wire> {
    const before = this.#wires.get(number);
    if (before) return before;
    const wire = await Wire.open(this.place);
    this.#ids.set(number, (await wire.ask('CLIENT ID')).slice(1).trim());
    if (this.protocol === 3) await wire.ask('HELLO 3');
    this.#wires.set(number, wire);
    return wire;
  }

  async #cut(number: number, wire: Wire): Promise<void> {
    this.#wires.delete(number);
    wire.close();
    const left = this.#wires.size + 1;
    await this.#until('INFO clients', (info) => info.includes(`connected_clients:${left}\r`));
    if (this.#blocked > 0) this.#blocked -= 1;
  }

  /** Asks until the answer is right; the server is asked again as soon as it has answered. */
  async #until(question: string, right: (answer: string) => boolean): Promise<void> {
    const end = Date.now() + 10_000;
    while (!right(await this.control.ask(question))) {
      if (Date.now() > end) throw new Error(`${question} never came out right`);
    }
  }
}
