import {
  commandText,
  fail,
  isObject,
  matching,
  type NextStep,
  nodesOfRoute,
  type Place,
  type PlacedFinding,
  quote,
  routesOf,
  type Task,
  unawaitedCall,
} from '#grading';
import { expectJsonAnswer, isSameJson } from '#vocabulary/http/json-answer';
import type { Server } from '#vocabulary/http/server';

const key = 'available_seats';

/** The number of seats of a 100-seat at work: what Redis holds, what the route shows, what was set. */
export class SeatCount {
  readonly #task: Task;
  readonly #server: Server;

  constructor(task: Task, server: Server) {
    this.#task = task;
    this.#server = server;
  }

  /** The number of seats was set at the start, whatever was there before. */
  async expectSetTo(seats: number, before: number): Promise<void> {
    const next = {
      says: `When the application is launched, call reserveSeat(${seats}).`,
      unless: `reserveSeat(${seats})`,
      otherwise: this.#isSetInRoute(seats)
        ? 'Take that call out of the route: it belongs at the top level of the file, where it runs once, at the start.'
        : 'Let that call run at each start, whatever Redis holds, and not on a condition.',
    };
    await this.#setsKeyToValue(seats);
    const shown = await this.shown(seats);
    const other = this.#setOf(seats);
    if (String(shown) === String(before) && other === undefined) {
      this.#task.fail({
        class: 'wrong-answer',
        message: `The number of seats is not set at the start: the ${before} of an earlier run are still there.`,
        next: this.#setsOnlyWhatIsNew()
          ? 'Set the key by SET alone: with NX, and by SETNX, it stays as it is where it is there already.'
          : next,
        at: [
          { code: "$.set($, $, 'NX')" },
          { code: '$.setnx($$$)' },
          { code: '$.setnx' },
          { code: `reserveSeat(${seats})` },
        ],
        expected: String(seats),
        seen: String(shown),
      });
    }
    const held = String(await this.#task.redis.command('GET', key));
    if (held === String(seats) || String(shown) !== String(before)) {
      await this.expectShown(seats, 'at the start', next, [
        { code: "reserveSeat('available_seats', $)" },
        { code: `reserveSeat(${shown})` },
      ]);
    }
    await this.#task.redis.expectNoExpiry(key);
    if (held === String(seats)) return;
    fail({
      class: 'wrong-data',
      message:
        other === undefined
          ? `Redis does not hold the number of seats under ${quote(key)}.`
          : `Redis got ${quote(commandText(other))}; the task's key is ${quote(key)}.`,
      next: `In reserveSeat set the key ${key}, and read it in getCurrentAvailableSeats.`,
      at: [...(other === undefined ? [] : [{ sends: other }]), { names: [key] }],
      compared: other && [key, other[1] ?? ''],
      expected: `SET ${key} ${seats}`,
      seen: this.#server.running.commands().map(commandText).join('\n'),
    });
  }

  /** The route shows this many seats, as text or as a number. */
  async expectShown(
    seats: number,
    when: string,
    next: NextStep,
    at: readonly Place[] = [],
  ): Promise<void> {
    const { length } = this.#sent;
    const shown = await this.shown(seats);
    if (String(shown) === String(seats)) return;
    this.expectNotSet(this.setSince(length), '/available_seats');
    fail({
      class: 'wrong-answer',
      message: `GET /available_seats should give ${JSON.stringify(String(seats))} ${when}, and gives ${JSON.stringify(shown)}.`,
      next,
      at: [...at, { route: '/available_seats' }],
      expected: JSON.stringify({ numberOfAvailableSeats: String(seats) }),
      seen: JSON.stringify({ numberOfAvailableSeats: shown }),
    });
  }

  /** How many commands Redis got so far. */
  get commands(): number {
    return this.#sent.length;
  }

  /** The first command that set the number, of those that Redis got since then. */
  setSince(before: number): string[] | undefined {
    const setting = /^(?:SET|DECR|INCR|DECRBY|INCRBY)$/;
    return this.#sent
      .slice(before)
      .find(([name = '', first]) => first === key && setting.test(name));
  }

  /** @throws CheckFailure if a route that is to leave the number alone has set it by this command */
  expectNotSet(write: string[] | undefined, route: string): void {
    if (!write) return;
    fail({
      class: 'wrong-data',
      message: `GET ${route} sets the number of seats: Redis got ${quote(commandText(write))}.`,
      next: 'Set the number when the application is launched, and then only for a job that is processed.',
      at: [{ route, calls: ['reserveSeat'] }, { sends: write }],
      seen: commandText(write),
    });
  }

  /** @returns what the route shows as the number, whatever it is */
  async shown(seats: number): Promise<unknown> {
    const next =
      'Answer with numberOfAvailableSeats: what getCurrentAvailableSeats gives, awaited.';
    const { length } = this.#sent;
    const answer = await this.#server.get('/available_seats', next);
    const reads = this.#sent.slice(length).filter(([name]) => name === 'GET');
    const other = reads.find((words) => words[1] !== key);
    const unawaited = unawaitedCall(this.#task.source, 'getCurrentAvailableSeats');
    const expected = { numberOfAvailableSeats: String(seats) };
    expectJsonAnswer(answer, expected);
    const json = isObject(answer.json) ? answer.json : {};
    const shown = json.numberOfAvailableSeats;
    const names = Object.keys(json).filter((name) => name !== 'numberOfAvailableSeats');
    const wrong = (message: string, found: Partial<PlacedFinding> = {}) =>
      fail({
        class: 'wrong-answer',
        message: `GET /available_seats ${message}.`,
        next,
        at: { route: answer.path, field: 'numberOfAvailableSeats' },
        expected: JSON.stringify(expected),
        seen: answer.body,
        ...found,
      });
    if (!isObject(answer.json))
      wrong(`answers with ${answer.body} alone: the task asks for an object`);
    if (shown === undefined) {
      const instead = names.length > 0 ? `; it has ${names.map(quote).join(', ')}` : '';
      wrong(`lacks ${quote('numberOfAvailableSeats')}${instead}`);
    }
    if (isSameJson(shown, {})) {
      wrong('gives {} for the number of seats: a promise that is not awaited', {
        next: `Write await before ${unawaited?.name ?? 'getCurrentAvailableSeats'}(…).`,
        ...(unawaited ? { line: unawaited.line } : {}),
      });
    }
    if (shown === null && other) {
      wrong(`gives null for the number of seats: it asks Redis ${quote(commandText(other))}`, {
        next: `Read the key ${key}, the one that reserveSeat sets.`,
        at: { sends: other },
      });
    }
    if (shown === null) wrong('gives null for the number of seats: the key is not set');
    const [extra] = names;
    if (extra !== undefined) wrong(`has ${quote(extra)}, which the task does not name`);
    return shown;
  }

  /** The number of seats is Redis's: another number there is the one that counts. */
  async expectReadAgain(seats: number): Promise<void> {
    await this.#task.redis.set(key, String(seats));
    const shown = await this.shown(seats);
    if (String(shown) === String(seats)) return;
    fail({
      class: 'wrong-data',
      message: `With ${seats} in the key ${quote(key)}, GET /available_seats still gives ${JSON.stringify(shown)}: the number is kept in memory.`,
      next: 'Let getCurrentAvailableSeats ask Redis each time.',
      at: { names: ['getCurrentAvailableSeats'] },
      expected: String(seats),
      seen: String(shown),
    });
  }

  /** No seat is left, and the route says so. */
  async expectNoneShown(): Promise<void> {
    const shown = await this.shown(0);
    const held = await this.#task.redis.command('GET', key);
    if (String(shown) === '0' || held !== '0') {
      const next =
        Number(held) < 0
          ? 'Never set the number below 0: compare before you call reserveSeat.'
          : 'Take one seat for each job: read the number with getCurrentAvailableSeats, and set the new one with reserveSeat.';
      await this.expectShown(0, 'when all seats are given', next);
      return;
    }
    // Does the page follow another number? Then it is the 0 that is not taken for one.
    await this.#task.redis.set(key, '3');
    const follows = String(await this.shown(3)) === '3';
    await this.#task.redis.set(key, '0');
    fail({
      class: 'wrong-answer',
      message: `Redis holds 0 under ${quote(key)}, and GET /available_seats gives ${JSON.stringify(shown)}${follows ? '' : ': the number is kept in memory'}.`,
      next: follows
        ? 'Show the number as it is: 0 is one too, though || and if take it for nothing.'
        : 'Call getCurrentAvailableSeats in the route, each time, and let it ask Redis.',
      at: { route: '/available_seats' },
      expected: JSON.stringify({ numberOfAvailableSeats: '0' }),
      seen: JSON.stringify({ numberOfAvailableSeats: shown }),
    });
  }

  /** Whether one number of seats was set for two jobs: none sends the number up. */
  wasSetTwice(): boolean {
    const numbers = this.#numbersSet();
    return new Set(numbers).size < numbers.length;
  }

  /** It never goes below zero. */
  expectNeverNegative(): void {
    const negative = this.#numbersSet().find((number) => number < 0);
    if (negative === undefined) return;
    fail({
      class: 'wrong-data',
      message: `The number of seats goes below zero: Redis got “SET ${key} ${negative}”.`,
      next: 'Compare first: if no seat is left, fail the job and leave the number alone.',
      at: [inJob, { sends: ['SET', key, String(negative)] }],
      expected: '0',
      seen: String(negative),
    });
  }

  /** The first reservation takes one seat. */
  expectFallByOne(seats: number): void {
    const [, write] = this.#writes;
    if (!write) return;
    const first = Number(write[2]);
    if (Number.isNaN(first)) this.#noNumber(write, seats);
    if (first === seats - 1 || first >= seats) return;
    fail({
      class: 'wrong-data',
      message: `One reservation takes ${seats - first} seats: ${key} goes from ${seats} to ${first}.`,
      next: 'Set the number that there was, less one.',
      at: inJob,
      expected: String(seats - 1),
      seen: String(first),
    });
  }

  #noNumber(write: string[], seats: number): never {
    const value = write[2] ?? '';
    const unawaited = unawaitedCall(this.#task.source, 'getCurrentAvailableSeats');
    const sides = { expected: `SET ${key} ${seats - 1}`, seen: commandText(write) };
    const message = (why: string) => `Redis got ${quote(commandText(write))}: ${why}.`;
    if (value === key) {
      fail({
        class: 'wrong-data',
        message: message('the key stands where the number should'),
        next: 'Hand reserveSeat the number alone: the key stands in the function itself.',
        at: [{ code: `reserveSeat('${key}', $)` }, inJob],
        ...sides,
      });
    }
    fail({
      class: 'wrong-data',
      message: message('the number of seats is counted from something that is no number'),
      next: unawaited
        ? `Write await before ${unawaited.name}(…): what it gives at once is a promise, not the number.`
        : 'Look at what the new number is counted from: print it before you hand it to reserveSeat.',
      line: unawaited?.line,
      at: [inJob, { sends: write }],
      ...sides,
    });
  }

  /** Where more are given than there are: some number of seats that was set is below the first. */
  expectFall(seats: number): void {
    const [, ...numbers] = this.#numbersSet();
    const last = numbers.at(-1);
    if (last === undefined || numbers.some((number) => number < seats)) return;
    fail({
      class: 'wrong-data',
      message: `The number of seats does not fall with a reservation: ${key} goes from ${seats} to ${numbers.find((number) => number > seats) ?? last}.`,
      next: 'Set the number that there was, less one.',
      at: inJob,
      expected: String(seats - 1),
      seen: String(last),
    });
  }

  #setsOnlyWhatIsNew(): boolean {
    return this.#server.running
      .commands('SET', 'SETNX')
      .some(
        ([name, first, ...more]) =>
          first === key && (name === 'SETNX' || more.some((word) => /^nx$/i.test(word))),
      );
  }

  /** The command that wrote this number to another key than the task's. */
  #setOf(seats: number): string[] | undefined {
    return this.#server.running
      .commands()
      .find((words) => words.length > 2 && words[1] !== key && words.at(-1) === String(seats));
  }

  #isSetInRoute(seats: number): boolean {
    const { source } = this.#task;
    const calls = matching(source, `reserveSeat(${seats})`);
    return routesOf(source).some((route) =>
      nodesOfRoute(source, route).some((node) => calls.includes(node)),
    );
  }

  async #setsKeyToValue(seats: number): Promise<void> {
    if (String(await this.#task.redis.command('GET', key)) === String(seats)) return;
    const swapped = this.#server.running
      .commands('SET')
      .find(([, first, second]) => first === String(seats) && second === key);
    if (!swapped) return;
    fail({
      class: 'wrong-data',
      message: `Redis got ${quote(commandText(swapped))}: there the number is the key, and ${quote(key)} its value.`,
      next: `Give the key first: set('${key}', number).`,
      at: [{ sends: swapped }, { names: [key] }],
      expected: `SET ${key} ${seats}`,
      seen: commandText(swapped),
    });
  }

  /** Whether anything asked for the number since then. */
  isReadSince(before: number): boolean {
    return this.#sent
      .slice(before)
      .some(([name = '', ...words]) => !/^SET/.test(name) && words.includes(key));
  }

  /** Every number that the program set, in order. */
  #numbersSet(): number[] {
    return this.#writes.map((words) => Number(words[2]));
  }

  get #writes(): string[][] {
    return this.#sent.filter(([name, first]) => name === 'SET' && first === key);
  }

  get #sent(): string[][] {
    return this.#server.running.commands();
  }
}

/** The new number is handed over where a job is processed. */
const inJob = { route: '/process', calls: ['reserveSeat'] };
