import { Queue, QueueEvents } from 'bullmq';
import type Redis from 'ioredis';
import type { GradedPage } from '../worker/grade-submission';
import { Claims } from './claims';
import { queueConnection } from './connection';
import { ResultBox } from './result-box';
import {
  jobOptions,
  mostAttempts,
  priorities,
  type SubmissionJob,
  type Urgency,
} from './submission-job';

/** What came of a submission on the queue: a result, or why there is none. */
export type Outcome =
  | { result: GradedPage }
  | { cause: string; part?: GradedPage }
  /** Nobody waits for it any more. */
  | { superseded: true };

/** The queue as one sees it who has a class graded. */
export class ClassQueue {
  readonly #client: Redis;
  readonly #queue: Queue<SubmissionJob>;
  readonly #events: QueueEvents;
  readonly #box: ResultBox;
  readonly #claims: Claims;
  readonly #waiting = new Map<string, Waiting>();
  readonly #timer: NodeJS.Timeout;
  #tellUnworked: (() => void) | undefined;

  /**
   * @param client to the Redis at the URL
   * @param tellUnworked called if no worker of any machine takes from the queue when something is put there first;
   * what it throws, submit() throws
   */
  constructor(url: string, client: Redis, name: string, tellUnworked?: () => void) {
    this.#tellUnworked = tellUnworked;
    const connection = queueConnection(url);
    this.#client = client;
    this.#box = new ResultBox(client, name);
    this.#claims = new Claims(client, name);
    this.#queue = new Queue(name, { connection, streams: { events: { maxLen: 1000 } } });
    this.#events = new QueueEvents(name, { connection });
    // The Redis is away: BullMQ looks for it until it is back.
    this.#queue.on('error', () => {});
    this.#events.on('error', () => {});
    this.#events.on('completed', ({ jobId }) => this.#settleSoon(jobId));
    this.#events.on('failed', ({ jobId }) => this.#settleSoon(jobId));
    this.#timer = setInterval(() => void this.look(), lookEvery);
  }

  /** Resolves when nothing that happens on the queue is missed any more. */
  async ready(): Promise<void> {
    await this.#events.waitUntilReady();
  }

  /**
   * Says what a learner hands in now. What they handed in before is taken from the queue if nobody else
   * waits for it, and whoever grades it just now is told to stop.
   * @param learner one name for each learner of each class, and nobody's own
   */
  async claim(learner: string, id: string): Promise<void> {
    const superseded = await this.#claims.claim(learner, id);
    if (superseded !== undefined) await this.#withdraw(superseded);
  }

  /**
   * Has a submission graded; one that is on the queue already is not put there twice, and one that
   * was given up before is tried again.
   * @returns what came of it, as soon as that is known
   */
  async submit(
    id: string,
    submission: () => SubmissionJob,
    urgency: Urgency = 'rest',
  ): Promise<Outcome> {
    if (!(await this.#box.has(id))) {
      const before = await this.#queue.getJob(id);
      if (before && (await before.isFailed())) await before.remove();
      await this.#put(id, { submission, urgency });
      await this.#lookForWorkers();
    }
    return new Promise((settle) => {
      this.#waiting.set(id, { submission, urgency, settle });
      this.#settleSoon(id);
    });
  }

  /** Has it graded before the rest of the class, if it is not being graded yet. */
  async hasten(id: string): Promise<void> {
    const job = await this.#queue.getJob(id);
    await job?.changePriority({ priority: priorities.changed });
  }

  /** Looks for what came of those that are waited for, and settles what is known. */
  async look(): Promise<void> {
    await Promise.allSettled([...this.#waiting.keys()].map((id) => this.#settle(id)));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([this.#queue.close(), this.#events.close()]);
  }

  #settleSoon(id: string): void {
    if (!this.#waiting.has(id)) return;
    // A Redis that is away is asked again with the next event, or look.
    this.#settle(id).catch(() => {});
  }

  async #settle(id: string): Promise<void> {
    const outcome = await this.#outcomeOf(id);
    if (!outcome) return;
    this.#waiting.get(id)?.settle(outcome);
    this.#waiting.delete(id);
  }

  async #put(id: string, { submission, urgency }: Omit<Waiting, 'settle'>): Promise<void> {
    const priority = priorities[urgency];
    await this.#queue.add('grade', submission(), { ...jobOptions, priority, jobId: id });
  }

  async #lookForWorkers(): Promise<void> {
    const tell = this.#tellUnworked;
    this.#tellUnworked = undefined;
    if (tell && (await this.#queue.getWorkersCount()) === 0) tell();
  }

  async #withdraw(id: string): Promise<void> {
    const waiting = this.#waiting.get(id);
    // First of all, so that it is not put there again.
    this.#waiting.delete(id);
    const job = await this.#queue.getJob(id);
    // A worker has it in hand if it cannot be removed.
    await job?.remove().catch(() => this.#client.publish(this.#claims.channel, id));
    waiting?.settle({ superseded: true });
  }

  async #outcomeOf(id: string): Promise<Outcome | undefined> {
    const result = await this.#box.take(id);
    if (result) return { result };
    // The job itself has the whole submission in it: too much to fetch for each look.
    const state = await this.#queue.getJobState(id);
    if (state === 'unknown') return this.#afterLoss(id);
    if (state !== 'failed') return undefined;
    const job = await this.#queue.getJob(id);
    const part = await this.#box.takePart(id);
    return { cause: causeOf(job?.failedReason ?? ''), ...(part ? { part } : {}) };
  }

  /** Neither a job nor a result: it was done just now, or the Redis has lost what it had. */
  async #afterLoss(id: string): Promise<Outcome | undefined> {
    const result = await this.#box.take(id);
    if (result) return { result };
    const waiting = this.#waiting.get(id);
    if (waiting) await this.#put(id, waiting);
    return undefined;
  }
}

interface Waiting {
  submission: () => SubmissionJob;
  urgency: Urgency;
  settle: (outcome: Outcome) => void;
}

/** How often the queue is asked without an event, in ms: one may be lost with the connection. */
const lookEvery = 3000;

/** BullMQ's own word for a submission whose workers were killed, as a sentence. */
function causeOf(reason: string): string {
  return /stalled more than/.test(reason)
    ? `The worker that graded it was killed ${mostAttempts} times.`
    : reason;
}
