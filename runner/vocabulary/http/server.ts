import type { NextStep } from '#grading';
import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';
import type { Answer } from './answer';
import { crashFinding, type Deed } from './crash';
import { expectSameJson } from './json-answer';
import { NoAnswer, Request } from './request';

/** How long a route that is busy may take to answer, in milliseconds. */
const patience = 15_000;

/** How often a server that has not answered yet is asked whether it will, in milliseconds. */
const interval = 15;

/**
 * A request that lies in the server's socket is taken and handled within three turns of its event
 * loop, and each answer about its state is a turn of its own.
 */
const turns = 4;

/** So often in a row what requests leave behind must have come to nothing: nobody waits for it then. */
const enoughVainWaits = 3;

export interface ServerOptions {
  /** Timers that run for ever in a right program, apart from those that packages keep house with. */
  timers?: number;
}

/** What a server is asked in; under load there is no file to explain it by. */
type World = Pick<Task, 'sandbox' | 'redis' | 'signal'> & Partial<Pick<Task, 'source'>>;

/** A program's server under check, and the words to ask it. */
export class Server {
  readonly running: ProgramRun;
  readonly #task: World;
  #timers: number;
  /** Whether it was found never to come to rest: nobody waits for that again. */
  #restless = false;
  /** How often in a row timers that a request left behind ran out, and nothing came of it. */
  #vainWaits = 0;

  constructor(task: World, running: ProgramRun, options: ServerOptions = {}) {
    this.#task = task;
    this.running = running;
    this.#timers = options.timers ?? 0;
  }

  /**
   * Waits until the server listens on the course's port and has done what it does at its start.
   * @throws CheckFailure where it ends, or listens elsewhere or nowhere
   */
  async waitUntilListening(): Promise<void> {
    const { program, course } = this.running;
    const { port } = course;
    await this.running.waitUntil(() => program.servers.has(port), { timers: this.#timers });
    this.running.expectNoCrash();
    if (!program.servers.has(port)) this.#failToListen(port);
    await this.waitForIdle();
    // A timer of its own that runs for ever is not what anybody waits for.
    const state = await program.state();
    this.#timers = Math.max(this.#timers, state?.timers ?? 0);
    this.running.expectNoCrash();
  }

  /**
   * Waits until the server has nothing more to do, and all that it sent has reached Redis.
   * @returns whether it came to rest
   */
  async waitForIdle(): Promise<boolean> {
    for (const _ of [1, 2]) {
      if (!(await this.running.waitForIdle(this.#timers))) return false;
      // Once Redis has answered this, whatever it owed to anybody before is on its way.
      await this.#task.redis.command('PING');
    }
    return this.running.waitForIdle(this.#timers);
  }

  /**
   * Waits until the condition holds, or the server will do nothing more towards it.
   */
  async waitUntil(condition: () => boolean): Promise<boolean> {
    return this.running.waitUntil(condition, { timers: this.#timers, limit: longRun });
  }

  /**
   * Sends GET and waits for the whole answer.
   * @param next the next step where none comes
   * @param where what is particular about this time, to begin the message with
   * @throws CheckFailure where no answer comes, or the server crashes over it
   */
  async get(path: string, next?: NextStep, where?: string): Promise<Answer> {
    return this.expectAnswered(await this.tryGet(path), path, next, where);
  }

  /**
   * What came of a GET is an answer.
   * @throws CheckFailure as {@link get}
   */
  expectAnswered(answer: Answer | Error, path: string, next?: NextStep, where?: string): Answer {
    const name = `${where === undefined ? '' : `${where}, `}GET ${path}`;
    const arranged = where !== undefined;
    if (!(answer instanceof Error)) {
      this.expectNoCrash({ name, path, answer, next, arranged });
      return answer;
    }
    this.expectNoCrash({ name, path, next, arranged });
    fail({
      class: answer instanceof NoAnswer ? 'time-out' : 'wrong-answer',
      message: `${name} gets no answer: ${answer.message}.`,
      next: next ?? {
        says: 'Call res.json() on each way through the route: what the function returns is sent nowhere.',
        unless: '$.write($$$)',
        otherwise: 'Answer with res.json(): write() alone does not end the answer.',
      },
      expected: name,
      at: [{ code: '$.write($$$)' }, { route: path }],
    });
  }

  /** As {@link get}, without a judgement. Whatever the request brings about has come about then. */
  async tryGet(path: string): Promise<Answer | Error> {
    const asked = this.ask(path, patience);
    await this.#answered(asked);
    const answer = await asked.answer;
    if (!this.#restless) await this.#finish();
    const { source } = this.#task;
    return answer instanceof Error || !source
      ? answer
      : { ...answer, by: { source, course: this.running.course } };
  }

  /**
   * Sends GET and waits for nothing.
   * @param limit milliseconds until it is given up; it is at once where Redis goes away
   */
  ask(path: string, limit: number): Request {
    const { name, program, course } = this.running;
    const to = { name, port: course.port, socket: program.servers.get(course.port) };
    const { sandbox, signal } = this.#task;
    return new Request(sandbox.journal, to, path, limit, signal);
  }

  /**
   * The route answers with just this JSON, as JSON.
   * @throws CheckFailure naming the first difference
   */
  async expectAnswer(path: string, expected: unknown, next: NextStep): Promise<Answer> {
    const answer = await this.get(path, next);
    expectSameJson(answer, expected, next);
    return answer;
  }

  /**
   * It has not ended over what was just asked of it.
   * @throws CheckFailure where it crashed or broke a limit
   */
  expectNoCrash(deed: Deed): void {
    const { source, sandbox } = this.#task;
    const finding = crashFinding(this.running, source, sandbox.journal, deed);
    if (finding) fail(finding);
    this.running.expectNoCrash();
  }

  /**
   * This answer was the last that its route had to do.
   * @throws CheckFailure where the route went on, and the server crashed
   */
  expectDoneWith(answer: Answer): void {
    const { request: name, path, body } = answer;
    const { source, sandbox } = this.#task;
    const finding = crashFinding(this.running, source, sandbox.journal, { name, path, answer });
    const [error] = this.running.program.errors;
    if (!finding || !error) {
      this.running.expectNoCrash();
      return;
    }
    fail({
      class: 'crash',
      message: `${name} answers ${quote(body)} and goes on: the server crashes with ${quote(`${error.name}: ${error.message}`)}.`,
      next: 'Return right after this answer, so that the code below it does not run.',
      at: { route: path, field: 'status' },
      seen: body,
    });
  }

  async stop(): Promise<void> {
    await this.running.stop();
  }

  #failToListen(port: number): never {
    const [other] = this.running.program.servers.keys();
    const never = this.#task.source?.countCalls('listen')
      ? `No server listens on port ${port}: the call of listen() is not reached.`
      : `No server listens on port ${port}.`;
    fail({
      class: 'wrong-port',
      message:
        other === undefined
          ? never
          : `The server listens on port ${other}; the task asks for ${port}.`,
      next: {
        says: `Call app.listen(${port}) once, at the end of the file.`,
        unless: other === undefined ? '$.listen($$$)' : [],
        otherwise:
          'Call listen at the top level of the file, and not in a function that waits for something else.',
      },
      expected: String(port),
      ...(other === undefined ? {} : { seen: String(other) }),
    });
  }

  /** What it does behind its answer belongs to this request, and not to the next. */
  async #finish(): Promise<void> {
    const { running } = this;
    await running.waitForIdle(Number.POSITIVE_INFINITY);
    if (this.#vainWaits >= enoughVainWaits) return;
    const timers = (await running.program.state())?.timers ?? 0;
    const before = running.activity;
    this.#restless = !(await this.waitForIdle());
    // Such as a time-out for an answer of Redis, which came long before.
    if (timers > this.#timers)
      this.#vainWaits = running.activity === before ? this.#vainWaits + 1 : 0;
  }

  /** Gives a request up as soon as its server has nothing left to do that could answer it. */
  async #answered(asked: Request): Promise<void> {
    const { program } = this.running;
    const { journal } = this.#task.sandbox;
    await asked.sent;
    for (let quiet = 0; !asked.done; ) {
      const over = () => asked.done || program.exit !== undefined;
      await journal.until(over, interval, this.#task.signal);
      if (over() || this.#task.signal?.aborted) return;
      quiet = (await program.waitForIdle(this.#timers)) ? quiet + 1 : 0;
      if (quiet === 1) await this.#task.redis.command('PING');
      if (quiet > turns && !asked.done) asked.giveUp('the server has nothing left to do');
    }
  }
}

/** Starts the file under check and waits for its server. */
export async function serve(task: Task, options: ServerOptions = {}): Promise<Server> {
  const server = await startServer(task, options);
  await server.waitUntilListening();
  return server;
}

/** Starts the file under check, and waits for nothing: several may start at once. */
export async function startServer(task: Task, options: ServerOptions = {}): Promise<Server> {
  return new Server(task, await task.run({ limits: { time: longRun } }), options);
}

/** A server whose routes or jobs take their time is not wrong, in milliseconds. */
const longRun = 120_000;

/**
 * The file loads express.
 * @throws CheckFailure otherwise
 */
export function expectExpress(task: Task): void {
  if (task.source.uses('express')) return;
  fail({
    class: 'requirement-not-met',
    message: 'The task asks for an express server; the file does not load express.',
    next: "Write import express from 'express' at the top of the file.",
  });
}
