import { fail, quote, type Task, unawaitedCall } from '#grading';
import type { Answer } from '#vocabulary/http/answer';
import { expectJsonAnswer, expectSameJson, isSameJson } from '#vocabulary/http/json-answer';
import { type Server, serve } from '#vocabulary/http/server';
import { activeJobs } from '#vocabulary/kue/events';
import { expectJobsOfType } from '#vocabulary/kue/jobs';
import { expectRightUse } from '#vocabulary/kue/misuse';
import {
  expectEndedOnce,
  expectEndLine,
  expectOwnIds,
  hasSeat,
  linesOf,
  noSeats,
  type Reservation,
  reservationsOf,
  reservationType,
} from './reservations';
import { SeatCount } from './seat-count';
import { processedOutside, whyBlockedAtOnce, whyNeverBlocked } from './seat-source';

const blocked = { status: 'Reservation are blocked' };
const inProcess = { status: 'Reservation in process' };

/** What decides whether a job fails. */
const whereDecided = [{ route: '/process', decides: noSeats }, { calls: ['process'] }];

/** A learner's 100-seat at work, and the words for what it must do. */
export class BoxOffice {
  readonly #task: Task;
  readonly #server: Server;
  readonly #count: SeatCount;
  /** How many reservations were taken before the queue is processed. */
  #taken = 0;
  /** What set the number of seats while nothing but a reservation was asked for. */
  #setByReservation: string[] | undefined;
  /** How many commands Redis had got when the queue began to be processed. */
  #processedFrom = 0;

  private constructor(task: Task, server: Server) {
    this.#task = task;
    this.#server = server;
    this.#count = new SeatCount(task, server);
  }

  /** Starts the file under check and waits for its server. */
  static async open(task: Task): Promise<BoxOffice> {
    return new BoxOffice(task, await serve(task, { timers: 0 }));
  }

  close(): Promise<void> {
    return this.#server.stop();
  }

  /** The number of seats was set at the start, whatever was there before. */
  expectSeatsAtStart(seats: number, before: number): Promise<void> {
    return this.#count.expectSetTo(seats, before);
  }

  /** The number of seats is Redis's: another number there is the one that counts. */
  async setSeatsLeft(seats: number): Promise<void> {
    await this.#server.waitForIdle();
    await this.#count.expectReadAgain(seats);
  }

  /** Reservations are taken, each with a job of its own that waits. */
  async expectReservationsTaken(count: number): Promise<void> {
    for (let taken = 1; taken <= count; taken += 1) {
      const { commands } = this.#count;
      const came = await this.#server.tryGet('/reserve_seat');
      expectRightUse(this.#task, this.#server.running);
      const answer = this.#server.expectAnswered(came, '/reserve_seat');
      if (isSameJson(answer.json, blocked)) this.#blockedBeforeAnyIsGiven(answer);
      this.#setByReservation ??= this.#count.setSince(commands);
      const next = 'Answer with this status once the job is saved.';
      expectSameJson(answer, inProcess, next);
      this.#taken += 1;
    }
  }

  /** Every reservation is a job in the queue, and none is worked on before /process is asked. */
  async expectJobsWaiting(count: number, seats: number): Promise<void> {
    await this.#server.waitForIdle();
    const next = {
      says: `Create it with queue.create('${reservationType}', …), and save it with job.save().`,
      unless: [`$.create('${reservationType}', $$$)`, `$.createJob('${reservationType}', $$$)`],
      otherwise: {
        says: 'Save the job with its method save: create alone puts nothing into the queue.',
        unless: '$.save($$$)',
        otherwise: 'See that the calls of create and save are reached in the route /reserve_seat.',
      },
    };
    const jobs = await expectJobsOfType(this.#task.redis, reservationType, next);
    if (jobs.length !== count) {
      fail({
        class: 'wrong-data',
        message: `After ${count} reservations the queue holds ${jobs.length} jobs of the type ${quote(reservationType)}.`,
        next: 'Create and save one job for each reservation.',
        at: { names: [reservationType] },
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
        line: processedOutside(this.#task.source),
        at: { calls: ['process'] },
        expected: 'inactive',
        seen: String(begun.state),
      });
    }
    this.#count.expectNotSet(this.#setByReservation, '/reserve_seat');
    await this.#count.expectShown(
      seats,
      'before a job is processed',
      'Take the seat where the job is processed, not where it is created.',
    );
  }

  /** The queue is processed from now on. */
  async expectProcessing(): Promise<void> {
    const expected = { status: 'Queue processing' };
    this.#processedFrom = this.#count.commands;
    const answer = await this.#server.tryGet('/process');
    // What comes behind the answer is no longer the route's work.
    if (!(answer instanceof Error)) this.#expectNoCrashInJobs();
    const next = `Answer ${JSON.stringify(expected)} in the route itself, without waiting for any job.`;
    expectSameJson(this.#server.expectAnswered(answer, '/process', next), expected, next);
  }

  /** The route is asked again: nothing but the processing may begin anew. */
  async expectProcessingAgain(seats: number): Promise<void> {
    await this.#server.get('/process', undefined, 'Asked for the second time');
    await this.#server.waitForIdle();
    const shown = String(await this.#count.shown(seats));
    if (shown === String(seats)) return;
    fail({
      class: 'wrong-data',
      message: `GET /process sets the number of seats anew: asked with ${seats} left, it leaves ${shown}.`,
      next: 'Set the number of seats once, when the application is launched; leave it alone in the route /process.',
      at: { route: '/process', code: 'reserveSeat($)' },
      expected: String(seats),
      seen: shown,
    });
  }

  /** Each waiting job ends once: so many with a seat, the others because none is left. */
  async expectSeatsGiven(seats: number, surplus = 0): Promise<void> {
    const ended = await this.#ended();
    this.#count.expectNeverNegative();
    this.#count.expectFallByOne(seats);

    const given = ended.filter(hasSeat);
    if (given.length !== seats) {
      if (given.length > seats) this.#count.expectFall(seats);
      const all = ended.length;
      const fault =
        given.length > seats
          ? `${given.length} of ${all} reservations are completed, though there were only ${seats} seats`
          : `Only ${given.length} of ${all} reservations are completed, though there were ${seats} seats`;
      const several = activeJobs(this.#server.running).some((ids) => ids.length > 1);
      if (given.length > seats && !this.#count.isReadSince(this.#processedFrom)) {
        fail({
          class: 'wrong-data',
          message: `${fault}: no job asks Redis for the number.`,
          next: 'In each job, read the number with getCurrentAvailableSeats before you set the new one.',
          at: { calls: ['process'] },
          expected: `${seats} completed, ${surplus} failed`,
          seen: `${given.length} completed, ${ended.length - given.length} failed`,
        });
      }
      const promise = unawaitedCall(this.#task.source, 'getCurrentAvailableSeats');
      if (promise && given.length === 0) {
        fail({
          class: 'wrong-data',
          message: `${fault}: ${promise.name}() gives a promise, which is compared as if it were the number.`,
          next: `Write await before ${promise.name}().`,
          line: promise.line,
          expected: `${seats} completed, ${surplus} failed`,
          seen: `0 completed, ${all} failed`,
        });
      }
      const crowded = several && this.#count.wasSetTwice();
      fail({
        class: 'wrong-data',
        ...(crowded
          ? {
              message: `${fault}: several jobs are worked on at the same time, and take the same seat.`,
              next: 'Process one job at a time: give queue.process() no number between the type and the function.',
            }
          : {
              message: `${fault}.`,
              next: 'Complete the job if the new number of seats is 0 or more, and fail it otherwise.',
            }),
        at: crowded ? { calls: ['process'] } : whereDecided,
        expected: `${seats} completed, ${surplus} failed`,
        seen: `${given.length} completed, ${ended.length - given.length} failed`,
      });
    }
    expectOwnIds(ended, this.#server.running);
    for (const one of ended) expectEndLine(this.#task, one, this.#server.running);
  }

  /** No seat is left: reservations are refused, again and again, and nothing else is done. */
  async expectSoldOut(): Promise<void> {
    await this.#count.expectNoneShown();
    for (let times = 1; times <= 3; times += 1) await this.#expectBlocked();
  }

  /** Nothing that the route /process does makes the seats that were given free again. */
  async expectStillSoldOut(): Promise<void> {
    await this.expectProcessingAgain(0);
    const answer = await this.#server.get('/reserve_seat');
    if (!isSameJson(answer.json, inProcess)) return;
    fail({
      class: 'wrong-answer',
      message:
        'GET /process lets GET /reserve_seat take reservations again, though no seat is left.',
      next: 'Set reservationEnabled to true at the start of the program alone, not in the route /process.',
      at: { route: '/process', code: 'reservationEnabled = true' },
      expected: JSON.stringify(blocked),
      seen: answer.body,
    });
  }

  /** One reservation, from the request to the line in the console; the queue is processed already. */
  async expectSale(left: number): Promise<void> {
    const answer = await this.#server.get('/reserve_seat');
    if (isSameJson(answer.json, blocked)) {
      fail({
        class: 'wrong-answer',
        message: `GET /reserve_seat is blocked with ${left + 1} ${left === 0 ? 'seat' : 'seats'} left.`,
        next: 'Set reservationEnabled to false only when the new number of seats is 0.',
        at: [{ code: 'reservationEnabled = false' }, { route: answer.path }],
        expected: JSON.stringify(inProcess),
        seen: answer.body,
      });
    }
    expectSameJson(answer, inProcess, 'Answer with this status.');
    await this.#server.waitForIdle();
    const [last] = (await this.#ended()).slice(-1);
    if (last) expectEndLine(this.#task, last, this.#server.running);
    await this.#count.expectShown(
      left,
      `when ${left + 1} were left and one more is given`,
      'Read the number with getCurrentAvailableSeats, and set the new one with reserveSeat.',
    );
  }

  /** A job that Redis will not take: the route has to say that it failed. */
  async expectFailureWhenRedisRefuses(): Promise<void> {
    // kue counts its jobs here: with a text in it, saving one is an error.
    const ids = 'q:ids';
    const count = await this.#task.redis.command('GET', ids);
    await this.#task.redis.set(ids, 'no number');
    const next = 'In the callback of job.save(), answer “Reservation failed” if it gets an error.';
    const where = 'Where the job cannot be saved';
    const answer = await this.#server.get('/reserve_seat', next, where);
    await this.#task.redis.set(ids, String(count ?? 0));
    if (isSameJson(answer.json, inProcess)) {
      this.#task.advise(
        'Where Redis refuses to save the job, GET /reserve_seat answers “Reservation in process” all the same: wait for the callback of job.save(), which gets the error.',
      );
      return;
    }
    expectJsonAnswer(answer, { status: 'Reservation failed' });
    if (isSameJson(answer.json, { status: 'Reservation failed' })) return;
    fail({
      class: 'wrong-answer',
      message: `${where}, GET /reserve_seat answers ${answer.body}.`,
      next,
      at: { route: answer.path },
      expected: '{"status":"Reservation failed"}',
      seen: answer.body,
    });
  }

  /** Waits until the console has reported the end of every job, or nothing more comes. */
  async #ended(): Promise<Reservation[]> {
    const { running } = this.#server;
    const allPrinted = () =>
      reservationsOf(running).every((one) => linesOf(one, running).length > 0);
    // Only a line more can make it true, and to look takes a while.
    let lines = -1;
    await this.#server.waitUntil(() => {
      if (running.outputLines.length === lines) return false;
      lines = running.outputLines.length;
      return allPrinted();
    });
    await this.#server.waitForIdle();
    this.#expectNoCrashInJobs();
    const reservations = reservationsOf(running);
    expectEndedOnce(this.#task, running, reservations);
    return reservations;
  }

  #expectNoCrashInJobs(): void {
    expectRightUse(this.#task, this.#server.running);
    const [error] = this.#server.running.program.errors;
    const isFailed = error?.message === noSeats;
    const next =
      'Hand the error to done, and return: kue does not catch what an async function throws.';
    this.#server.expectNoCrash({ name: 'Processing a job', next: isFailed ? next : undefined });
  }

  /** A reservation is refused, adds no job, and the server lives on. */
  async #expectBlocked(): Promise<void> {
    const { running } = this.#server;
    const jobs = reservationsOf(running).length;
    const answer = await this.#server.tryGet('/reserve_seat');
    const more = reservationsOf(running).length > jobs;
    if (more && !(answer instanceof Error) && isSameJson(answer.json, blocked))
      await this.#goesOn(answer);
    const next = `Answer ${JSON.stringify(blocked)} if reservationEnabled is false.`;
    this.#refuses(this.#server.expectAnswered(answer, '/reserve_seat', next));
  }

  #refuses(answer: Answer): void {
    if (isSameJson(answer.json, inProcess)) {
      fail({
        class: 'wrong-answer',
        message: 'The last seat is given, but GET /reserve_seat still takes a reservation.',
        at: [{ route: '/process', calls: ['process'] }, { calls: ['process'] }],
        expected: JSON.stringify(blocked),
        seen: answer.body,
        ...(whyNeverBlocked(this.#task.source) ?? {
          next: 'Set reservationEnabled to false as soon as the new number of seats is 0.',
        }),
      });
    }
    expectSameJson(answer, blocked, 'Answer with this status if reservationEnabled is false.');
  }

  /** The route answers that it is blocked, and makes a job nevertheless. */
  async #goesOn(answer: Answer): Promise<never> {
    const { program } = this.#server.running;
    // Its second answer, and the end that comes of it, follow when the job is saved.
    await this.#server.waitUntil(() => program.exit !== undefined);
    const crashes = program.errors.length > 0 && program.exit !== undefined;
    fail({
      class: crashes ? 'crash' : 'wrong-data',
      message: `${answer.request} answers “Reservation are blocked” and goes on: it adds a job${crashes ? ', answers once more, and the server crashes' : ' all the same'}.`,
      next: 'Return right after the answer “Reservation are blocked”, so that the code below it does not run.',
      at: { names: [blocked.status] },
      expected: 'no job more',
      seen: 'a job more',
    });
  }

  #blockedBeforeAnyIsGiven(answer: Answer): never {
    fail({
      class: 'wrong-answer',
      at: [{ names: ['reservationEnabled'] }, { route: answer.path }],
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
}
