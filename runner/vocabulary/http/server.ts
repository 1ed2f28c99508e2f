import type { NextStep } from '#grading';
import { explainEnd, explainRaw } from '../../grading/explain/crash';
import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';
import { expectLoopback } from '../../redis/loopback';
import { type Answer, expectSameJson } from './json-answer';
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

export interface ServerOptions {
  /** Timers that run for ever in a right program, apart from those that packages keep house with. */
  timers?: number;
}

/** A program's server under check, and the words to ask it. */
export class Server {
  readonly running: ProgramRun;
  readonly #task: Pick<Task, 'sandbox' | 'redis' | 'signal'>;
  #timers: number;

  constructor(
    task: Pick<Task, 'sandbox' | 'redis' | 'signal'>,
    running: ProgramRun,
    options: ServerOptions = {},
  ) {
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
    await this.running.waitUntil(() => program.ports.has(port), { timers: this.#timers });
    this.running.expectNoCrash();
    if (!program.ports.has(port)) {
      const [other] = program.ports.keys();
      fail({
        class: 'wrong-port',
        message:
          other === undefined
            ? `No server listens on port ${port}.`
            : `The server listens on port ${other}; the task asks for ${port}.`,
        next: `Call app.listen(${port}) once, at the end of the file.`,
        expected: String(port),
        ...(other === undefined ? {} : { seen: String(other) }),
      });
    }
    await this.waitForIdle();
    // A timer of its own that runs for ever is not what anybody waits for.
    const state = await program.state();
    this.#timers = Math.max(this.#timers, state?.timers ?? 0);
    this.running.expectNoCrash();
  }

  /** Waits until the server has nothing more to do, and all that it sent has reached Redis. */
  async waitForIdle(): Promise<void> {
    for (const _ of [1, 2]) {
      if (!(await this.running.waitForIdle(this.#timers))) return;
      // Once Redis has answered this, whatever it owed to anybody before is on its way.
      await this.#task.redis.command('PING');
    }
    await this.running.waitForIdle(this.#timers);
  }

  /**
   * Waits until the condition holds, or the server will do nothing more towards it.
   */
  async waitUntil(condition: () => boolean): Promise<boolean> {
    const options = { timers: this.#timers, limit: longRun };
    for (const _ of [1, 2]) {
      if (await this.running.waitUntil(condition, options)) return true;
      await this.#task.redis.command('PING');
    }
    return this.running.waitUntil(condition, options);
  }

  /**
   * Sends GET and waits for the whole answer.
   * @param next the next step where none comes
   * @param where what is particular about this time, to begin the message with
   * @throws CheckFailure where no answer comes, or the server crashes over it
   */
  async get(path: string, next?: NextStep, where?: string): Promise<Answer> {
    const request = `${where === undefined ? '' : `${where}, `}GET ${path}`;
    const answer = await this.tryGet(path);
    this.expectNoCrash(request, next);
    if (!(answer instanceof Error)) return answer;
    fail({
      class: answer instanceof NoAnswer ? 'time-out' : 'wrong-answer',
      message: `${request} gets no answer: ${answer.message}.`,
      next: next ?? 'Look for a way through the route on which it never calls res.json().',
      expected: request,
      at: { route: path },
    });
  }

  /** As {@link get}, without a judgement. */
  async tryGet(path: string): Promise<Answer | Error> {
    const asked = this.ask(path, patience);
    await this.#answered(asked);
    const answer = await asked.answer;
    // What it did right after its answer is done when it has answered for its state.
    if (answer instanceof Error) await this.running.waitForIdle(this.#timers);
    else await this.running.program.state();
    return answer;
  }

  /**
   * Sends GET and waits for nothing.
   * @param limit milliseconds until it is given up
   */
  ask(path: string, limit: number): Request {
    const port = this.running.program.ports.get(this.running.course.port);
    return new Request(this.#task.sandbox.journal, { name: this.running.name, port }, path, limit);
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
   * @param deed such as `GET /list`, for the message
   * @param next the next step where it crashed
   * @throws CheckFailure where it crashed or broke a limit
   */
  expectNoCrash(deed: string, next?: NextStep): void {
    const { program } = this.running;
    const [error] = program.errors;
    const finding = explainEnd(program, this.running.course);
    if (finding?.class !== 'crash' || !error) {
      this.running.expectNoCrash();
      return;
    }
    const [text] = `${error.name}: ${error.message}`.split('\n', 1);
    fail({
      ...finding,
      message: `${deed} makes the server crash with ${quote(text ?? '')}.`,
      next:
        explainRaw(`${error.name}: ${error.message}`, program.file, this.running.course)?.next ??
        next ??
        finding.next,
    });
  }

  async stop(): Promise<void> {
    await this.running.stop();
  }

  /** Gives a request up as soon as its server has nothing left to do that could answer it. */
  async #answered(asked: Request): Promise<void> {
    const { program } = this.running;
    const { journal } = this.#task.sandbox;
    await asked.sent;
    for (let quiet = 0; !asked.done; ) {
      const over = () => asked.done || program.exit !== undefined;
      await journal.until(over, interval, this.#task.signal);
      if (this.#task.signal?.aborted) return asked.giveUp('the check was stopped');
      if (over()) return;
      quiet = (await program.waitForIdle(this.#timers)) ? quiet + 1 : 0;
      if (quiet === 1) await this.#task.redis.command('PING');
      if (quiet > turns && !asked.done) asked.giveUp('the server has nothing left to do');
    }
  }
}

/** Starts the file under check and waits for its server. */
export async function serve(task: Task, options: ServerOptions = {}): Promise<Server> {
  await expectLoopback();
  const server = new Server(task, await task.run({ limits: { time: longRun } }), options);
  await server.waitUntilListening();
  return server;
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
