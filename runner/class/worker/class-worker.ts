import { DelayedError, type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type Redis from 'ioredis';
import * as v from 'valibot';
import type { Shelf } from '../../course/shelf';
import type { RedisSource } from '../../redis/instance';
import type { Isolation } from '../../sandbox/isolation/level';
import { Claims } from '../queue/claims';
import { queueConnection } from '../queue/connection';
import { ResultBox } from '../queue/result-box';
import { mostAttempts, submissionJobSchema } from '../queue/submission-job';
import { saidEvery, WorkerPlaces } from '../queue/worker-places';
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
  readonly #places: WorkerPlaces;
  readonly #subscriber: Redis;
  readonly #leaving = new AbortController();
  /** What is in hand, by its id. */
  readonly #inHand = new Map<string, Begun>();
  #isRedisLost = false;
  /** Submissions in a row that could not be graded here. */
  #faults = 0;
  #resting: NodeJS.Timeout | undefined;
  readonly #saying: NodeJS.Timeout;

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
    this.#box = new ResultBox(settings.client, settings.queue);
    this.#claims = new Claims(settings.client, settings.queue);
    this.#places = new WorkerPlaces(settings.client, settings.queue);
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
    this.#sayWell();
    this.#saying = setInterval(() => this.#sayWell(), saidEvery);
  }

  /** Takes no more, and ends once what it has in hand is graded. */
  async finish(): Promise<void> {
    clearTimeout(this.#resting);
    clearInterval(this.#saying);
    await this.#worker.close();
    this.#subscriber.disconnect();
  }

  /** Takes no more, and gives back what it has in hand for another worker. */
  async handBack(): Promise<void> {
    this.#leaving.abort(new Error('the worker leaves'));
    await this.finish();
  }

  /**
   * @throws UnrecoverableError where the last attempt failed, WaitingError for what is handed back,
   * DelayedError for what is left to another place, any other error for what is to be tried again
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
      if (attemptsMade > 0 && (await this.#places.isForOthers(id))) {
        await job.moveToDelayed(Date.now() + othersTurn, token);
        throw new DelayedError();
      }
      await this.#gradeWanted(job, attempt, AbortSignal.any([leaving, withdrawn.signal]));
      this.#faults = 0;
      await this.#places.sayWell();
    } catch (error) {
      if (withdrawn.signal.aborted) return this.#tellWithdrawn(job);
      if (error instanceof DelayedError) {
        tell({ event: 'handed back', ...this.#spentOn(job) });
        throw error;
      }
      if (!leaving.aborted) {
        await this.#rest(id);
        throw error;
      }
      await job.moveToWait(token);
      tell({ event: 'handed back', ...this.#spentOn(job) });
      throw new WaitingError();
    }
  }

  async #gradeWanted(job: Job<unknown>, attempt: number, signal: AbortSignal): Promise<void> {
    const { id = '' } = job;
    const { lessons, packed } = v.parse(submissionJobSchema, job.data);
    const request = { ...this.#settings, id, lessons, packed, signal };
    const { result, fault } = await gradeSubmission(request);
    if (await this.#claims.isSuperseded(id)) return this.#tellWithdrawn(job);
    if (!fault) {
      await this.#box.put(result);
      const { tell } = this.#settings;
      return tell({ event: 'graded', ...this.#spentOn(job), lessons: lessonsOf(result) });
    }
    if (attempt < mostAttempts) throw fault;
    await this.#box.putPart(result);
    throw new LastFault(fault);
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

  #sayWell(): void {
    // It is said again soon, if the Redis is away.
    if (this.#faults === 0) this.#places.sayWell().catch(() => {});
  }

  /** After a fault of its own: others, if all is well with them, are to take what it would only fail. */
  async #rest(id: string): Promise<void> {
    await this.#places.faulted(id);
    const ms = (await this.#places.hasOther())
      ? Math.min(shortRest * 2 ** this.#faults, longestRest)
      : restAlone;
    this.#faults += 1;
    await this.#worker.pause(true);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.#worker.resume(), ms);
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

/** For how long others have a submission to themselves that failed here, in ms. */
const othersTurn = 5000;

/** How long a worker takes nothing after a fault, in ms: twice as long after each one more. */
const shortRest = 4000;
const longestRest = 5 * 60_000;
/** While nobody else is well either: the class is to hear of it soon. */
const restAlone = 1000;
