import { commandText } from './evidence';
import { fail, quote } from './finding';
import { type Server, serve } from './http';
import { inHand } from './job-events';
import { jobsOfType, kueTimers } from './jobs';
import { type Answer, expectJson, isJson, isObject, sameJson } from './json-answer';
import {
  endedOnce,
  hasSeat,
  linesOf,
  type Reservation,
  reservationsOf,
  reservationType,
  tellOwnIds,
  tellsEnd,
} from './reservations';
import { whyBlockedAtOnce, whyNeverBlocked } from './seat-source';
import type { Task } from './task';

const key = 'available_seats';

const blocked = { status: 'Reservation are blocked' };
const inProcess = { status: 'Reservation in process' };

/** A learner's 100-seat at work, and the words for what it must do. */
export class BoxOffice {
  readonly #task: Task;
  readonly #server: Server;
  /** How many reservations were taken before the queue is processed. */
  #taken = 0;

  private constructor(task: Task, server: Server) {
    this.#task = task;
    this.#server = server;
  }

  /** Starts the file under check and waits for its server. */
  static async open(task: Task): Promise<BoxOffice> {
    return new BoxOffice(task, await serve(task, { timers: kueTimers }));
  }

  close(): Promise<void> {
    return this.#server.stop();
  }

  /** The number of seats was set at the start, whatever was there before. */
  async opensWith(seats: number, before: number): Promise<void> {
    const next = `When the application is launched, call reserveSeat(${seats}).`;
    await this.#setsKeyToValue(seats);
    const shown = await this.#shown(seats);
    const other = this.#setOf(seats);
    if (String(shown) === String(before) && other === undefined) {
      this.#task.fail({
        class: 'wrong-answer',
        message: `The number of seats is not set at the start: the ${before} of an earlier run are still there.`,
        next: this.#setsOnlyWhatIsNew()
          ? 'Set the key by SET alone: with NX, and by SETNX, it stays as it is where it is there already.'
          : next,
        expected: String(seats),
        seen: String(shown),
      });
    }
    const held = String(await this.#task.redis.command('GET', key));
    if (held === String(seats) || String(shown) !== String(before)) {
      await this.shows(seats, 'at the start', next);
    }
    if (held === String(seats)) return;
    fail({
      class: 'wrong-data',
      message:
        other === undefined
          ? `Redis does not hold the number of seats under ${quote(key)}.`
          : `Redis got ${quote(commandText(other))}; the task's key is ${quote(key)}.`,
      next: `In reserveSeat set the key ${key}, and read it in getCurrentAvailableSeats.`,
      expected: `SET ${key} ${seats}`,
      seen: this.#server.running.commands().map(commandText).join('\n'),
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

  async #setsKeyToValue(seats: number): Promise<void> {
    if (String(await this.#task.redis.command('GET', key)) === String(seats)) return;
    const turned = this.#server.running
      .commands('SET')
      .find(([, first, second]) => first === String(seats) && second === key);
    if (!turned) return;
    fail({
      class: 'wrong-data',
      message: `Redis got ${quote(commandText(turned))}: there the number is the key, and ${quote(key)} its value.`,
      next: `Give the key first: set('${key}', number).`,
      expected: `SET ${key} ${seats}`,
      seen: commandText(turned),
    });
  }

  /** The route shows this many seats, as text or as a number. */
  async shows(seats: number, when: string, next: string): Promise<void> {
    const shown = await this.#shown(seats);
    if (String(shown) === String(seats)) return;
    fail({
      class: 'wrong-answer',
      message: `GET /available_seats should give ${JSON.stringify(String(seats))} ${when}, and gives ${JSON.stringify(shown)}.`,
      next,
      expected: JSON.stringify({ numberOfAvailableSeats: String(seats) }),
      seen: JSON.stringify({ numberOfAvailableSeats: shown }),
    });
  }

  /** Reservations are taken, each with a job of its own that waits. */
  async takes(count: number): Promise<void> {
    for (let taken = 1; taken <= count; taken += 1) {
      const answer = await this.#server.get('/reserve_seat');
      if (sameJson(answer.json, blocked)) this.#blockedBeforeAnyIsGiven(answer);
      const next = 'Answer with this status once the job is saved.';
      expectJson(answer, inProcess, next);
      this.#taken += 1;
    }
  }

  /** Every reservation is a job in the queue, and none is worked on before /process is asked. */
  async holds(count: number, seats: number): Promise<void> {
    await this.#server.calms();
    const next = `Create it with queue.create('${reservationType}', …), and save it with job.save().`;
    const jobs = await jobsOfType(this.#task.redis, reservationType, next);
    if (jobs.length !== count) {
      fail({
        class: 'wrong-data',
        message: `After ${count} reservations the queue holds ${jobs.length} jobs of the type ${quote(reservationType)}.`,
        next: 'Create and save one job for each reservation.',
        expected: String(count),
        seen: String(jobs.length),
      });
    }
    const begun = jobs.find((job) => job.state !== 'inactive');
    if (begun) {
      fail({
        class: 'wrong-data',
        message: `The job ${begun.id} is ${begun.state ?? 'lost'} before /process is asked for: it should wait.`,
        next: 'Call queue.process() in the route /process, not before.',
        expected: 'inactive',
        seen: String(begun.state),
      });
    }
    await this.shows(
      seats,
      'before a job is processed',
      'Take the seat where the job is processed, not where it is created.',
    );
  }

  /** The queue is processed from now on. */
  async processes(): Promise<void> {
    await this.#server.answers(
      '/process',
      { status: 'Queue processing' },
      'Answer with this status before the queue is processed.',
    );
  }

  /** The route is asked again: nothing but the processing may begin anew. */
  async processesAgain(seats: number): Promise<void> {
    await this.#server.get('/process', undefined, 'Asked for the second time');
    await this.#server.calms();
    const shown = String(await this.#shown(seats));
    if (shown === String(seats)) return;
    fail({
      class: 'wrong-data',
      message: `GET /process sets the number of seats anew: asked with ${seats} left, it leaves ${shown}.`,
      next: 'Set the number of seats once, when the application is launched; leave it alone in the route /process.',
      expected: String(seats),
      seen: shown,
    });
  }

  /** Each waiting job ends once: so many with a seat, the others because none is left. */
  async gives(seats: number, surplus = 0): Promise<void> {
    const ended = await this.#ended();
    this.#neverNegative();
    this.#oneSeatEach(seats);

    const given = ended.filter(hasSeat);
    if (given.length !== seats) {
      if (given.length > seats) this.#falls(seats);
      const all = ended.length;
      const fault =
        given.length > seats
          ? `${given.length} of ${all} reservations are completed, though there were only ${seats} seats`
          : `Only ${given.length} of ${all} reservations are completed, though there were ${seats} seats`;
      const several = inHand(this.#server.running).some((ids) => ids.length > 1);
      const crowded = several && this.#takenTwice();
      fail({
        class: 'wrong-data',
        ...(crowded
          ? {
              message: `${fault}: several jobs are worked on at the same time, and take the same seat.`,
              next: 'Process one job at a time: give queue.process() no number between the type and the function.',
            }
          : {
              message: `${fault}.`,
              next: 'Complete the job where the new number of seats is 0 or more, and fail it otherwise.',
            }),
        expected: `${seats} completed, ${surplus} failed`,
        seen: `${given.length} completed, ${ended.length - given.length} failed`,
      });
    }
    tellOwnIds(ended, this.#server.running);
    for (const one of ended) tellsEnd(one, this.#server.running);
  }

  /** No seat is left: reservations are refused, again and again, and nothing else is done. */
  async isSoldOut(): Promise<void> {
    await this.#showsNone();
    for (let times = 1; times <= 3; times += 1) await this.#isBlocked();
  }

  /** Nothing that the route /process does makes the seats that were given free again. */
  async staysSoldOut(): Promise<void> {
    await this.processesAgain(0);
    const answer = await this.#server.get('/reserve_seat');
    if (!sameJson(answer.json, inProcess)) return;
    fail({
      class: 'wrong-answer',
      message:
        'GET /process lets GET /reserve_seat take reservations again, though no seat is left.',
      next: 'Set reservationEnabled to true at the start of the program alone, not in the route /process.',
      expected: JSON.stringify(blocked),
      seen: answer.body,
    });
  }

  /** One reservation, from the request to the line in the console; the queue is processed already. */
  async sells(left: number): Promise<void> {
    const answer = await this.#server.get('/reserve_seat');
    if (sameJson(answer.json, blocked)) {
      fail({
        class: 'wrong-answer',
        message: `GET /reserve_seat is blocked with ${left + 1} ${left === 0 ? 'seat' : 'seats'} left.`,
        next: 'Set reservationEnabled to false only when the new number of seats is 0.',
        expected: JSON.stringify(inProcess),
        seen: answer.body,
      });
    }
    expectJson(answer, inProcess, 'Answer with this status.');
    await this.#server.calms();
    const [last] = (await this.#ended()).slice(-1);
    if (last) tellsEnd(last, this.#server.running);
    await this.shows(
      left,
      `when ${left + 1} were left and one more is given`,
      'Read the number with getCurrentAvailableSeats, and set the new one with reserveSeat.',
    );
  }

  /** The number of seats is Redis's: another number there is the one that counts. */
  async hasLeft(seats: number): Promise<void> {
    await this.#server.calms();
    await this.#task.redis.set(key, String(seats));
    const shown = await this.#shown(seats);
    if (String(shown) === String(seats)) return;
    fail({
      class: 'wrong-data',
      message: `With ${seats} in the key ${quote(key)}, GET /available_seats still gives ${JSON.stringify(shown)}: the number is kept in memory.`,
      next: 'Let getCurrentAvailableSeats ask Redis each time.',
      expected: String(seats),
      seen: String(shown),
    });
  }

  /** A job that Redis will not take: the route has to say that it failed. */
  async failsWhereNothingCanBeSaved(): Promise<void> {
    // kue counts its jobs here: with a text in it, saving one is an error.
    const ids = 'q:ids';
    const count = await this.#task.redis.command('GET', ids);
    await this.#task.redis.set(ids, 'no number');
    const next =
      'In the callback of job.save(), answer “Reservation failed” where it gets an error.';
    const where = 'Where the job cannot be saved';
    const answer = await this.#server.get('/reserve_seat', next, where);
    await this.#task.redis.set(ids, String(count ?? 0));
    if (sameJson(answer.json, inProcess)) {
      this.#task.advise(
        'Where Redis refuses to save the job, GET /reserve_seat answers “Reservation in process” all the same: wait for the callback of job.save(), which gets the error.',
      );
      return;
    }
    isJson(answer, { status: 'Reservation failed' });
    if (sameJson(answer.json, { status: 'Reservation failed' })) return;
    fail({
      class: 'wrong-answer',
      message: `${where}, GET /reserve_seat answers ${answer.body}.`,
      next,
      expected: '{"status":"Reservation failed"}',
      seen: answer.body,
    });
  }

  /** Waits until every job has been told of in the console, or nothing more comes. */
  async #ended(): Promise<Reservation[]> {
    const { running } = this.#server;
    const allTold = () => reservationsOf(running).every((one) => linesOf(one, running).length > 0);
    // Only a line more can make it true, and to look takes a while.
    let lines = -1;
    await this.#server.until(() => {
      if (running.everything.length === lines) return false;
      lines = running.everything.length;
      return allTold();
    });
    await this.#server.calms();
    this.#server.survives('Processing a job');
    const reservations = reservationsOf(running);
    endedOnce(reservations);
    return reservations;
  }

  async #shown(seats: number): Promise<unknown> {
    const next =
      'Answer with numberOfAvailableSeats: what getCurrentAvailableSeats gives, awaited.';
    const answer = await this.#server.get('/available_seats', next);
    const expected = { numberOfAvailableSeats: String(seats) };
    isJson(answer, expected);
    const json = isObject(answer.json) ? answer.json : {};
    const shown = json.numberOfAvailableSeats;
    const names = Object.keys(json).filter((name) => name !== 'numberOfAvailableSeats');
    const wrong = (message: string) =>
      fail({
        class: 'wrong-answer',
        message: `GET /available_seats ${message}.`,
        next,
        expected: JSON.stringify(expected),
        seen: answer.body,
      });
    if (shown === undefined) {
      const instead = names.length > 0 ? `; it has ${names.map(quote).join(', ')}` : '';
      wrong(`lacks ${quote('numberOfAvailableSeats')}${instead}`);
    }
    if (sameJson(shown, {}))
      wrong('gives {} for the number of seats: a promise that is not awaited');
    if (shown === null)
      wrong(`gives null for the number of seats: the key that it reads is not set`);
    const [other] = names;
    if (other !== undefined) wrong(`has ${quote(other)}, which the task does not name`);
    return shown;
  }

  async #showsNone(): Promise<void> {
    const shown = await this.#shown(0);
    const held = await this.#task.redis.command('GET', key);
    if (String(shown) === '0' || held !== '0') {
      const next =
        Number(held) < 0
          ? 'Never set the number below 0: compare before you call reserveSeat.'
          : 'Take one seat for each job: read the number with getCurrentAvailableSeats, and set the new one with reserveSeat.';
      await this.shows(0, 'when all seats are given', next);
      return;
    }
    // Does the page follow another number? Then it is the 0 that is not taken for one.
    await this.#task.redis.set(key, '3');
    const follows = String(await this.#shown(3)) === '3';
    await this.#task.redis.set(key, '0');
    fail({
      class: 'wrong-answer',
      message: `Redis holds 0 under ${quote(key)}, and GET /available_seats gives ${JSON.stringify(shown)}${follows ? '' : ': the number is kept in memory'}.`,
      next: follows
        ? 'Show the number as it is: 0 is one too, though || and if take it for nothing.'
        : 'Call getCurrentAvailableSeats in the route, each time, and let it ask Redis.',
      expected: JSON.stringify({ numberOfAvailableSeats: '0' }),
      seen: JSON.stringify({ numberOfAvailableSeats: shown }),
    });
  }

  /** A reservation is refused, adds no job, and the server lives on. */
  async #isBlocked(): Promise<void> {
    const { running } = this.#server;
    const jobs = reservationsOf(running).length;
    const answer = await this.#server.tries('/reserve_seat');
    await this.#server.calms();
    // What is wrong where none comes is told as of any other request.
    if (answer instanceof Error) return this.#refuses(await this.#server.get('/reserve_seat'));
    const more = reservationsOf(running).length > jobs;
    if (more && sameJson(answer.json, blocked)) this.#goesOn(answer);
    this.#server.survives(answer.request);
    this.#refuses(answer);
  }

  #refuses(answer: Answer): void {
    if (sameJson(answer.json, inProcess)) {
      fail({
        class: 'wrong-answer',
        message: 'The last seat is given, but GET /reserve_seat still takes a reservation.',
        expected: JSON.stringify(blocked),
        seen: answer.body,
        ...(whyNeverBlocked(this.#task.source) ?? {
          next: 'Set reservationEnabled to false as soon as the new number of seats is 0.',
        }),
      });
    }
    expectJson(answer, blocked, 'Answer with this status where reservationEnabled is false.');
  }

  /** The route answers that it is blocked, and makes a job nevertheless. */
  #goesOn(answer: Answer): never {
    const { program } = this.#server.running;
    const crashes = program.errors.length > 0 && program.exit !== undefined;
    fail({
      class: crashes ? 'crash' : 'wrong-data',
      message: `${answer.request} answers “Reservation are blocked” and goes on: it adds a job${crashes ? ', answers once more, and the server crashes' : ' all the same'}.`,
      next: 'Return right after the answer “Reservation are blocked”, so that the code below it does not run.',
      expected: 'no job more',
      seen: 'a job more',
    });
  }

  #blockedBeforeAnyIsGiven(answer: Answer): never {
    fail({
      class: 'wrong-answer',
      ...(this.#taken === 0
        ? {
            message: 'GET /reserve_seat is blocked from the start, though no seat is given yet.',
            ...(whyBlockedAtOnce(this.#task.source) ?? {
              next: 'Let reservationEnabled be true when the program begins.',
            }),
          }
        : {
            message: `GET /reserve_seat is blocked after ${this.#taken} reservations, though no job is processed and no seat is given yet.`,
            next: 'Set reservationEnabled to false where a job is processed, when the new number of seats is 0.',
          }),
      expected: JSON.stringify(inProcess),
      seen: answer.body,
    });
  }

  /** Whether one number of seats was set for two jobs: none sends the number up. */
  #takenTwice(): boolean {
    const numbers = this.#numbersSet();
    return new Set(numbers).size < numbers.length;
  }

  #neverNegative(): void {
    const negative = this.#numbersSet().find((number) => number < 0);
    if (negative === undefined) return;
    fail({
      class: 'wrong-data',
      message: `The number of seats goes below zero: Redis got “SET ${key} ${negative}”.`,
      next: 'Compare first: where no seat is left, fail the job and leave the number alone.',
      expected: '0',
      seen: String(negative),
    });
  }

  #oneSeatEach(seats: number): void {
    const [, first] = this.#numbersSet();
    if (Number.isNaN(first)) {
      fail({
        class: 'wrong-data',
        message: `Redis got “SET ${key} NaN”: the number of seats is counted from something that is no number.`,
        next: 'Await getCurrentAvailableSeats() before you count: what it gives at once is a promise, not the number.',
        expected: String(seats - 1),
        seen: 'NaN',
      });
    }
    if (first === undefined || first === seats - 1 || first >= seats) return;
    fail({
      class: 'wrong-data',
      message: `One reservation takes ${seats - first} seats: ${key} goes from ${seats} to ${first}.`,
      next: 'Set the number that there was less one.',
      expected: String(seats - 1),
      seen: String(first),
    });
  }

  /** Where more are given than there are: some number of seats that was set is below the first. */
  #falls(seats: number): void {
    const [, ...numbers] = this.#numbersSet();
    const last = numbers.at(-1);
    if (last === undefined || numbers.some((number) => number < seats)) return;
    fail({
      class: 'wrong-data',
      message: `The number of seats does not fall with a reservation: ${key} goes from ${seats} to ${numbers.find((number) => number > seats) ?? last}.`,
      next: 'Set the number that there was less one.',
      expected: String(seats - 1),
      seen: String(last),
    });
  }

  /** Every number that the program set, in order. */
  #numbersSet(): number[] {
    return this.#server.running
      .commands('SET')
      .filter((words) => words[1] === key)
      .map((words) => Number(words[2]));
  }
}
