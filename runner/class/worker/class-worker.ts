import { type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type Redis from 'ioredis';
import * as v from 'valibot';
import type { Shelf } from '../../course/shelf';
import type { RedisSource } from '../../redis/instance';
import type { Isolation } from '../../sandbox/isolation/level';
import { Claims } from '../queue/claims';
import { queueConnection } from '../queue/connection';
import { ResultBox } from '../queue/result-box';
import { mostAttempts, submissionJobSchema } from '../queue/submission-job';
import { gradeSubmission } from './grade-submission';

/** What a worker grades with. */
export interface WorkerSettings {
  url: string;
  /** An own client to the same Redis. */
  client: Redis;
  queue: string;
  shelf: Shelf;
  redis: RedisSource;
  isolation: Isolation;
}

/** Takes one submission after the other from the queue and grades it. */
export class ClassWorker {
  readonly #settings: WorkerSettings;
  readonly #box: ResultBox;
  readonly #worker: Worker;
  readonly #claims: Claims;
  readonly #subscriber: Redis;
  readonly #leaving = new AbortController();
  /** Submissions that are being graded; aborted once nobody waits for them any more. */
  readonly #inHand = new Map<string, AbortController>();

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
    this.#box = new ResultBox(settings.client, settings.queue);
    this.#claims = new Claims(settings.client, settings.queue);
    this.#subscriber = settings.client.duplicate();
    this.#subscriber.on('error', () => {});
    this.#subscriber.on('message', (_, id: string) => this.#inHand.get(id)?.abort());
    // Without it, what is superseded is graded to its end, and not kept.
    this.#subscriber.subscribe(this.#claims.channel).catch(() => {});
    this.#worker = new Worker(settings.queue, (job, token) => this.#grade(job, token), {
      connection: queueConnection(settings.url),
      lockDuration,
      stalledInterval,
      maxStalledCount: mostAttempts - 1,
    });
    // The Redis is away: BullMQ looks for it until it is back.
    this.#worker.on('error', () => {});
  }

  /** Takes no more, and ends once what it has in hand is graded. */
  async finish(): Promise<void> {
    await this.#worker.close();
    this.#subscriber.disconnect();
  }

  /** Takes no more, and gives back what it has in hand for another worker. */
  async handBack(): Promise<void> {
    this.#leaving.abort(new Error('the worker leaves'));
    await this.finish();
  }

  /**
   * @throws UnrecoverableError where the last attempt failed, WaitingError for what is handed back, any
   * other error for what is to be tried again
   */
  async #grade(job: Job<unknown>, token = ''): Promise<void> {
    const { id = '' } = job;
    const withdrawn = new AbortController();
    const leaving = this.#leaving.signal;
    this.#inHand.set(id, withdrawn);
    try {
      if (await this.#isUnwanted(id)) return;
      await this.#gradeWanted(job, AbortSignal.any([leaving, withdrawn.signal]));
    } catch (error) {
      if (withdrawn.signal.aborted) return;
      if (!leaving.aborted) throw error;
      await job.moveToWait(token);
      throw new WaitingError();
    } finally {
      this.#inHand.delete(id);
    }
  }

  async #gradeWanted(job: Job<unknown>, signal: AbortSignal): Promise<void> {
    const { id = '', attemptsMade, stalledCounter } = job;
    const { lessons, packed } = v.parse(submissionJobSchema, job.data);
    const result = await gradeSubmission({ ...this.#settings, id, lessons, packed, signal });
    if (await this.#claims.isSuperseded(id)) return;
    const fault = result.graded.lessons.find((lesson) => lesson.verdict === 'fault');
    if (!fault) return void (await this.#box.put(result));
    // A worker that was killed at it counts as one of the attempts.
    const isLast = attemptsMade + stalledCounter >= mostAttempts - 1;
    const cause = `Lesson ${fault.name}: ${fault.cause}`;
    if (!isLast) throw new Error(cause);
    await this.#box.putPart(result);
    throw new UnrecoverableError(cause);
  }

  async #isUnwanted(id: string): Promise<boolean> {
    return (await this.#box.has(id)) || (await this.#claims.isSuperseded(id));
  }
}

/** After so many ms without a sign of life a worker's submission is another's to grade. */
const lockDuration = 15_000;
const stalledInterval = 5_000;
