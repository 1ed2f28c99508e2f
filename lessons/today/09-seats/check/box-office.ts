import { fail, isObject, quote, type Task, waitUntilHeldUp } from '#grading';
import { expectRightUse, misuseBehind } from '#vocabulary/bullmq/misuse';
import type { Answer } from '#vocabulary/http/answer';
import { expectJsonAnswer, expectSameJson, isSameJson } from '#vocabulary/http/json-answer';
import { type Server, startServer } from '#vocabulary/http/server';
import { expectPromiseClient } from '#vocabulary/redis/promise-client';
import { key } from './seats';

const blocked = { status: 'Reservation are blocked' };
const inProcess = { status: 'Reservation in process' };
const processing = { status: 'Queue processing' };

/** How long a route that is busy may take to answer, in milliseconds. */
const patience = 15_000;

/** One process of a learner's today-seats, and the words for what its routes must do. */
export class BoxOffice {
  readonly server: Server;
  readonly #task: Task;

  private constructor(task: Task, server: Server) {
    this.#task = task;
    this.server = server;
  }

  get running() {
    return this.server.running;
  }

  /** Starts the file under check, and waits for nothing. */
  static async start(task: Task): Promise<BoxOffice> {
    return new BoxOffice(task, await startServer(task, { timers: 0 }));
  }

  /** Whether its server listens. */
  get isOpen(): boolean {
    const { program, course } = this.running;
    return program.servers.has(course.port);
  }

  /** Waits for its server. */
  async waitUntilOpen(): Promise<void> {
    await this.running.waitUntil(() => this.isOpen, { timers: 0 });
    this.running.expectParsed();
    if (this.#task.source.uses('redis')) expectPromiseClient(this.#task, this.running);
    expectRightUse(this.#task, this.running);
    await this.server.waitUntilListening();
  }

  /** The route shows this many seats, as text or as a number. */
  async expectShown(seats: number, when: string): Promise<void> {
    const next = `Answer with numberOfAvailableSeats: the number under ${quote(key)}, read from Redis for each request.`;
    const answer = await this.server.get('/available_seats', next);
    const expected = { numberOfAvailableSeats: seats };
    expectJsonAnswer(answer, expected);
    const shown = isObject(answer.json) ? answer.json.numberOfAvailableSeats : undefined;
    if (shown === String(seats) && isSameJson(answer.json, { numberOfAvailableSeats: shown }))
      return;
    if (isSameJson(shown, {})) {
      fail({
        class: 'wrong-answer',
        message:
          'GET /available_seats gives {} for the number of seats: a promise that is not awaited.',
        next: 'Write await before getCurrentAvailableSeats(), in the route.',
        at: { route: '/available_seats', field: 'numberOfAvailableSeats' },
        expected: JSON.stringify(expected),
        seen: answer.body,
      });
    }
    if (shown === undefined || shown === seats || isObject(shown)) {
      expectSameJson(answer, expected, next);
      return;
    }
    const held = await this.#task.redis.command('GET', key);
    fail({
      class: 'wrong-answer',
      message: `GET /available_seats gives ${JSON.stringify(shown)} ${when}, where Redis holds ${held ?? 'nothing'} under ${quote(key)}.`,
      next: 'Show what getCurrentAvailableSeats() gives, awaited, and let it ask Redis each time.',
      at: [{ route: '/available_seats', field: 'numberOfAvailableSeats' }],
      expected: JSON.stringify(expected),
      seen: answer.body,
    });
  }

  /** A reservation is taken. */
  async expectReservation(): Promise<void> {
    const came = await this.server.tryGet('/reserve_seat');
    expectRightUse(this.#task, this.running);
    this.#expectTaken(this.server.expectAnswered(came, '/reserve_seat'));
  }

  /** A reservation is taken, and worked on as far as it goes while what takes the seat is kept back. */
  async expectReservationHeldUp(offices: readonly BoxOffice[]): Promise<void> {
    const free = offices.filter((office) => !isHeldUp(office));
    const asked = this.server.ask('/reserve_seat', patience);
    await this.server.waitUntil(() => asked.done);
    for (const { server } of free) await server.waitUntil(() => free.some(isHeldUp));
    await waitUntilHeldUp(offices.map(({ server }) => server.running));
    if (!asked.done) asked.giveUp('the server has nothing left to do');
    this.#expectTaken(this.server.expectAnswered(await asked.answer, '/reserve_seat'));
  }

  /** So many reservations at once are all taken, whichever process gets them. */
  static async expectReservations(offices: readonly BoxOffice[], count: number): Promise<void> {
    const asked = Array.from({ length: count }, (_, index) => {
      const office = offices[index % offices.length];
      return office && { office, request: office.server.ask('/reserve_seat', patience) };
    });
    for (const one of asked) {
      if (!one) continue;
      const { office, request } = one;
      office.#expectTaken(office.server.expectAnswered(await request.answer, '/reserve_seat'));
    }
    for (const { server } of offices) await server.waitForIdle();
  }

  /** Redis does not take the job: the route has to say so. */
  async expectFailureWhenRedisRefuses(): Promise<void> {
    // BullMQ counts its jobs here: with a text in it, adding one is an error.
    const ids = 'bull:reserve_seat:id';
    const count = await this.#task.redis.command('GET', ids);
    await this.#task.redis.set(ids, 'no number');
    const where = 'Where Redis refuses the job';
    const failed = { status: 'Reservation failed' };
    const next = 'Await queue.add() inside try, and answer “Reservation failed” in catch.';
    const came = await this.server.tryGet('/reserve_seat');
    await this.#task.redis.set(ids, String(count ?? 0));
    if (this.running.program.exit) {
      fail({
        class: 'crash',
        message: `${where}, nothing catches the error of queue.add(), and the server ends.`,
        next,
        at: [{ route: '/reserve_seat', calls: ['add'] }, { calls: ['add'] }],
        expected: JSON.stringify(failed),
        seen: this.running.outputLines.join('\n'),
      });
    }
    const answer = this.server.expectAnswered(came, '/reserve_seat', next, where);
    if (isSameJson(answer.json, failed)) return;
    fail({
      class: 'wrong-answer',
      message: isSameJson(answer.json, inProcess)
        ? `${where}, GET /reserve_seat answers “Reservation in process” all the same.`
        : `${where}, GET /reserve_seat does not answer “Reservation failed”.`,
      next,
      at: [{ route: answer.path, calls: ['add'] }, { route: answer.path }],
      expected: JSON.stringify(failed),
      seen: answer.body,
    });
  }

  /** The queue is processed from now on. */
  async expectProcessing(): Promise<void> {
    this.#expectProcessing(await this.server.tryGet('/process'));
  }

  /** As {@link expectProcessing}, where the first job cannot come to its end. */
  async expectProcessingHeldUp(): Promise<void> {
    const { tap } = this.running.program;
    const asked = this.server.ask('/process', patience);
    await asked.sent;
    await this.running.waitUntil(() => tap.kept > 0, { timers: 0 });
    await waitUntilHeldUp([this.server.running]);
    if (!asked.done) asked.giveUp('it waits for the work on the jobs');
    this.#expectProcessing(await asked.answer);
  }

  /** The route is asked a second time: nothing but the answer comes of it. */
  async expectProcessingAgain(): Promise<void> {
    const next = 'Call worker.run() only if worker.isRunning() is false.';
    const where = 'Asked for the second time';
    const came = await this.server.tryGet('/process');
    expectRightUse(this.#task, this.running);
    const answer = this.server.expectAnswered(came, '/process', next, where);
    expectSameJson(answer, processing, next);
  }

  /** No seat is left: the route says so, and reservations are refused. */
  async expectSoldOut(): Promise<void> {
    await this.expectShown(0, 'when all seats are given');
    const before = await this.#task.redis.command('GET', 'bull:reserve_seat:id');
    const answer = await this.server.get('/reserve_seat');
    const after = await this.#task.redis.command('GET', 'bull:reserve_seat:id');
    if (isSameJson(answer.json, inProcess)) {
      fail({
        class: 'wrong-answer',
        message: `All seats are given, and GET /reserve_seat still takes a reservation${this.#isRemembered() ? ' in a process that did not give the last one' : ''}.`,
        next: 'Ask Redis at each reservation: it is blocked if getCurrentAvailableSeats() gives 0.',
        at: [{ names: ['reservationEnabled'] }, { route: answer.path }],
        expected: JSON.stringify(blocked),
        seen: answer.body,
      });
    }
    expectSameJson(answer, blocked, 'Answer with this status if no seat is left.');
    if (before === after) return;
    fail({
      class: 'wrong-data',
      message: 'GET /reserve_seat answers “Reservation are blocked” and adds a job all the same.',
      next: 'Return right after the answer “Reservation are blocked”.',
      at: [{ names: [blocked.status] }, { route: answer.path }],
      expected: 'no job more',
      seen: 'a job more',
    });
  }

  #expectProcessing(came: Answer | Error): void {
    expectRightUse(this.#task, this.running);
    const next = {
      says: `Answer ${JSON.stringify(processing)} at once, in the route itself.`,
      unless: 'await $.run()',
      otherwise:
        'Do not await worker.run(): its promise resolves when the worker is closed, not before.',
    };
    const answer = this.server.expectAnswered(came, '/process', next);
    const [, error = ''] = /\w*Error: (.*?)<br>/.exec(answer.body) ?? [];
    const misuse = misuseBehind(this.#task.source, error);
    if (misuse) fail({ class: 'wrong-answer', ...misuse, seen: answer.body });
    expectSameJson(answer, processing, next);
  }

  #expectTaken(answer: Answer): void {
    if (isSameJson(answer.json, blocked)) {
      fail({
        class: 'wrong-answer',
        message: 'GET /reserve_seat is blocked, though Redis holds seats that are free.',
        next: 'Refuse only if the number of seats, as Redis holds it at that moment, is 0.',
        at: [{ names: ['reservationEnabled'] }, { route: answer.path }],
        expected: JSON.stringify(inProcess),
        seen: answer.body,
      });
    }
    expectSameJson(answer, inProcess, 'Answer with this status once the job is in the queue.');
  }

  /** Whether this process has not worked on a job. */
  #isRemembered(): boolean {
    return !this.running.outputLines.some((line) => line.startsWith('Seat reservation'));
  }
}

/** Whether something of what it sent is kept back. */
export function isHeldUp({ running }: BoxOffice): boolean {
  return running.program.tap.kept > 0;
}
