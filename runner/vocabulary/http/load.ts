import type { CourseTerms } from '../../grading/course-terms';
import { lossOf } from '../../grading/explain/lost-redis';
import { Keyspace } from '../../grading/program/keyspace';
import { ProgramRun } from '../../grading/program/program-run';
import { ConnectionLost } from '../../redis/connection';
import { EnvironmentError, type RedisSource } from '../../redis/instance';
import type { Isolation } from '../../sandbox/isolation/level';
import { Sandbox } from '../../sandbox/sandbox';
import type { Answer } from './answer';
import { Server } from './server';

/** How many requests come at once where nobody says otherwise. */
const usual = 500;

/** How long one request of a load may take, and a server in all, in milliseconds. */
const patience = 60_000;
const longRun = 300_000;

export interface LoadRequest {
  /** The lesson's load.ts, absolute. */
  load: string;
  /** The server's file, absolute. */
  file: string;
  /** The learner's folder, absolute. */
  folder: string;
  course: CourseTerms;
  /** Server processes on one Redis; the requests go to them in turn. */
  servers: number;
  /** Requests at once. */
  requests?: number;
  redis: RedisSource;
  /** What holds the servers; the guard without it. */
  isolation?: Isolation;
  signal?: AbortSignal;
}

/** How much of something there was, and how much was given. */
export interface Allocation {
  /** Such as `product 1`. */
  what: string;
  there: number;
  given: number;
}

/** What a load showed. */
export interface LoadResult {
  servers: number;
  requests: number;
  tallies: Allocation[];
  /** Requests that got no answer, or one that is no JSON or says that the server failed. */
  errors: number;
  /** The first of those, as a sentence. */
  firstError?: string;
  /** Requests answered in a second. */
  perSecond: number;
}

/** A lesson's load: sends its requests, and counts where it counts. */
export type Load = (generator: LoadGenerator) => Promise<Allocation[]>;

/** Declares a lesson's load; the default export of its load.ts. */
export function load(describe: Load): Load {
  return describe;
}

/**
 * Runs a lesson's load against a server, in a sandbox of its own.
 * @throws CheckFailure where the server does not start; EnvironmentFault where there is no Redis;
 * the signal's reason where it is cancelled
 */
export async function runLoad(request: LoadRequest): Promise<LoadResult> {
  const { default: describe }: { default: Load } = require(request.load);
  const { signal, isolation } = request;
  const sandbox = await Sandbox.open(request.redis, { signal, isolation });
  try {
    const generator = new LoadGenerator(sandbox, request);
    await generator.open();
    const tallies = await Promise.race([describe(generator), withoutRedis(sandbox)]);
    request.signal?.throwIfAborted();
    return {
      servers: request.servers,
      requests: request.requests ?? usual,
      tallies,
      errors: generator.errors.length,
      ...(generator.errors[0] === undefined ? {} : { firstError: generator.errors[0] }),
      perSecond: generator.perSecond,
    };
  } catch (error) {
    const loss = error instanceof ConnectionLost ? await lossOf(sandbox) : undefined;
    if (loss) throw new EnvironmentError(loss.message, loss.next);
    throw error;
  } finally {
    await sandbox.close();
  }
}

/** @returns never; rejects as soon as Redis is gone, for which no request needs to be waited */
function withoutRedis({ redisGone }: Sandbox): Promise<never> {
  return new Promise((_, reject) => {
    if (redisGone.aborted) reject(redisGone.reason);
    redisGone.addEventListener('abort', () => reject(redisGone.reason));
  });
}

/** Everybody who asks at once, and the servers that they ask. */
export class LoadGenerator {
  readonly redis: Keyspace;
  /** What went wrong, a sentence each. */
  readonly errors: string[] = [];
  /** Requests answered in a second. */
  perSecond = 0;
  readonly #sandbox: Sandbox;
  readonly #request: LoadRequest;
  readonly #servers: Server[] = [];

  constructor(sandbox: Sandbox, request: LoadRequest) {
    this.#sandbox = sandbox;
    this.#request = request;
    this.redis = new Keyspace(sandbox.connection);
  }

  /** Starts the servers, one after the other. */
  async open(): Promise<void> {
    const { servers, file, folder, course, signal } = this.#request;
    for (let count = 1; count <= servers; count += 1) {
      const name = `server ${count}`;
      const limits = { time: longRun };
      const { packages: lent, tools, reader } = course;
      const started = { name, file, folder, limits, lent, tools, reader };
      const program = await this.#sandbox.start(started);
      const running = new ProgramRun(this.#sandbox, program, course, signal);
      const world = { sandbox: this.#sandbox, redis: this.redis, signal };
      const server = new Server(world, running, { timers: 0 });
      await server.waitUntilListening();
      this.#servers.push(server);
    }
  }

  /** Asks every server once, one after the other. */
  async askEach(path: string): Promise<void> {
    for (const server of this.#servers) await server.get(path);
  }

  /**
   * Sends all requests at once.
   * @param path of each request, counted from 0
   * @returns the answers that are what a server should say
   */
  async ask(path: (index: number) => string): Promise<Answer[]> {
    const count = this.#request.requests ?? usual;
    const start = performance.now();
    const asked = Array.from({ length: count }, (_, index) => {
      const server = this.#servers[index % this.#servers.length] as Server;
      return server.ask(path(index), patience).answer;
    });
    const answers = await Promise.all(asked);
    this.perSecond = Math.round((count / (performance.now() - start)) * 1000);
    return answers.filter((answer, index): answer is Answer => {
      const fault = faultOf(answer, `GET ${path(index)}`);
      if (fault !== undefined) this.errors.push(fault);
      return fault === undefined;
    });
  }

  /** Waits until every server has done all that it has to do. */
  async waitForIdle(): Promise<void> {
    for (const _ of ['the work', 'what another server sent meanwhile']) {
      for (const server of this.#servers) await server.waitUntil(() => false);
    }
  }
}

function faultOf(answer: Answer | Error, request: string): string | undefined {
  if (answer instanceof Error) return `${request} got no answer: ${answer.message}.`;
  if (answer.json === undefined) return `${request} got an answer that is no JSON.`;
  if (answer.status >= 500) return `${request} got ${answer.status}: ${answer.body}`;
  return undefined;
}
