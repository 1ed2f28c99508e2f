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
import { faultKindOf, type GraderFault } from './fault-kind';
import { type GradedPage, gradeSubmission } from './grade-submission';
import type { WorkEvent } from './worker-event';

/** What a worker grades with. */
export interface WorkerSettings {
  url: string;
  /** An own client to the same Redis. */
  client: Redis;
  queue: string;
  shelf: Shelf;
  redis: RedisSource;
  isolation: Isolation;
  /** Told of what happens, in order. */
  tell: (event: WorkEvent) => void;
}

/** Takes one submission after the other from the queue and grades it. */
export class ClassWorker {
  readonly #settings: WorkerSettings;
  readonly #box: ResultBox;
  readonly #worker: Worker;
  readonly #claims: Claims;
  readonly #subscriber: Redis;
  readonly #leaving = new AbortController();
  /** What is in hand, by its id. */
  readonly #inHand = new Map<string, Begun>();
  #isRedisLost = false;

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
    this.#box = new ResultBox(settings.client, settings.queue);
    this.#claims = new Claims(settings.client, settings.queue);
    this.#subscriber = settings.client.duplicate();
    this.#subscriber.on('error', () => {});
    this.#subscriber.on('message', (_, id: string) => this.#inHand.get(id)?.withdrawn.abort());
    // Without it, what is superseded is graded to its end, and not kept.
    this.#subscriber.subscribe(this.#claims.channel).catch(() => {});
    settings.tell({ event: 'ready' });
    this.#worker = new Worker(settings.queue, (job, token) => this.#grade(job, token), {
      connection: queueConnection(settings.url),
      lockDuration,
      stalledInterval,
      maxStalledCount: mostAttempts - 1,
    });
    this.#worker.on('failed', (job, error) => job && this.#tellFailure(job, error));
    // The Redis is away: BullMQ looks for it until it is back.
    this.#worker.on('error', () => {});
    settings.client.on('close', () => this.#tellRedis('lost'));
    settings.client.on('ready', () => this.#tellRedis('back'));
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
    const { id = '', attemptsMade, stalledCounter } = job;
    const { tell } = this.#settings;
    const withdrawn = new AbortController();
    const leaving = this.#leaving.signal;
    try {
      // A worker that was killed at it counts as one of the attempts.
      const attempt = attemptsMade + stalledCounter + 1;
      this.#inHand.set(id, { attempt, at: performance.now(), withdrawn });
      tell({ event: 'taken', job: id, attempt });
      if (await this.#box.has(id)) return tell({ event: 'known', ...this.#spentOn(job) });
      if (await this.#claims.isSuperseded(id)) return this.#tellWithdrawn(job);
      const { lessons, packed } = v.parse(submissionJobSchema, job.data);
      const { result, fault } = await gradeSubmission({
        ...this.#settings,
        id,
        lessons,
        packed,
        signal: AbortSignal.any([leaving, withdrawn.signal]),
      });
      if (await this.#claims.isSuperseded(id)) return this.#tellWithdrawn(job);
      if (!fault) {
        await this.#box.put(result);
        return tell({ event: 'graded', ...this.#spentOn(job), lessons: lessonsOf(result) });
      }
      if (attempt < mostAttempts) throw fault;
      await this.#box.putPart(result);
      throw new LastFault(fault);
    } catch (error) {
      if (withdrawn.signal.aborted) return this.#tellWithdrawn(job);
      if (!leaving.aborted) throw error;
      await job.moveToWait(token);
      tell({ event: 'handed back', ...this.#spentOn(job) });
      throw new WaitingError();
    }
  }

  #tellWithdrawn(job: Job<unknown>): void {
    this.#settings.tell({ event: 'withdrawn', ...this.#spentOn(job) });
  }

  #tellFailure(job: Job<unknown>, error: Error): void {
    // BullMQ gives up what was in the hands of workers that were killed before it is graded here.
    const isBegun = this.#inHand.has(job.id ?? '');
    const kind = isBegun ? faultKindOf(error instanceof LastFault ? error.fault : error) : 'killed';
    // A job that failed for good has an end; one that waits to be tried again has none.
    const event = job.finishedOn ? 'fault' : 'attempt failed';
    this.#settings.tell({ event, ...this.#spentOn(job), kind, cause: error.message });
  }

  /** Puts the job out of hand. */
  #spentOn({ id = '', attemptsMade, stalledCounter }: Job<unknown>): SpentOn {
    const begun = this.#inHand.get(id);
    this.#inHand.delete(id);
    if (!begun) return { job: id, attempt: attemptsMade + stalledCounter - 1, ms: 0 };
    return { job: id, attempt: begun.attempt, ms: Math.round(performance.now() - begun.at) };
  }

  #tellRedis(how: 'lost' | 'back'): void {
    if (this.#isRedisLost === (how === 'lost') || this.#leaving.signal.aborted) return;
    this.#isRedisLost = how === 'lost';
    this.#settings.tell({ event: `redis ${how}` });
  }
}

interface Begun {
  attempt: number;
  /** In ms of the process. */
  at: number;
  /** Aborted once nobody waits for it any more. */
  withdrawn: AbortController;
}

interface SpentOn {
  job: string;
  attempt: number;
  ms: number;
}

/** Not tried again. */
class LastFault extends UnrecoverableError {
  constructor(readonly fault: GraderFault) {
    super(fault.message);
  }
}

function lessonsOf({ graded }: GradedPage): { name: string; verdict: string; ms: number }[] {
  return graded.lessons.flatMap((lesson) =>
    lesson.verdict === 'fault'
      ? []
      : [{ name: lesson.name, verdict: lesson.verdict, ms: lesson.ms }],
  );
}

/** After so many ms without a sign of life a worker's submission is another's to grade. */
const lockDuration = 15_000;
const stalledInterval = 5_000;
