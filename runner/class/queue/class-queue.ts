import { Queue, QueueEvents } from 'bullmq';
import type Redis from 'ioredis';
import type { GradedPage } from '../worker/grade-submission';
import { queueConnection } from './connection';
import { ResultBox } from './result-box';
import { jobOptions, mostAttempts, type SubmissionJob } from './submission-job';

/** What came of a submission on the queue: a result, or why there is none. */
export type Outcome = { result: GradedPage } | { cause: string; part?: GradedPage };

/** The queue as one sees it who has a class graded. */
export class ClassQueue {
  readonly #queue: Queue<SubmissionJob>;
  readonly #events: QueueEvents;
  readonly #box: ResultBox;
  readonly #waiting = new Map<string, Waiting>();
  readonly #timer: NodeJS.Timeout;

  /** @param client to the Redis at the URL */
  constructor(url: string, client: Redis, name: string) {
    const connection = queueConnection(url);
    this.#box = new ResultBox(client, name);
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
   * Has a submission graded; one that is on the queue already is not put there twice, and one that
   * was given up before is tried again.
   * @returns what came of it, as soon as that is known
   */
  async submit(id: string, submission: () => SubmissionJob): Promise<Outcome> {
    if (!(await this.#box.has(id))) {
      const before = await this.#queue.getJob(id);
      if (before && (await before.isFailed())) await before.remove();
      await this.#put(id, submission);
    }
    return new Promise((settle) => {
      this.#waiting.set(id, { submission, settle });
      this.#settleSoon(id);
    });
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

  async #put(id: string, submission: () => SubmissionJob): Promise<void> {
    await this.#queue.add('grade', submission(), { ...jobOptions, jobId: id });
  }

  async #outcomeOf(id: string): Promise<Outcome | undefined> {
    const result = await this.#box.take(id);
    if (result) return { result };
    const job = await this.#queue.getJob(id);
    if (!job) return this.#afterLoss(id);
    if (!(await job.isFailed())) return undefined;
    const part = await this.#box.takePart(id);
    return { cause: causeOf(job.failedReason), ...(part ? { part } : {}) };
  }

  /** Neither a job nor a result: it was done just now, or the Redis has lost what it had. */
  async #afterLoss(id: string): Promise<Outcome | undefined> {
    const result = await this.#box.take(id);
    if (result) return { result };
    const waiting = this.#waiting.get(id);
    if (waiting) await this.#put(id, waiting.submission);
    return undefined;
  }
}

interface Waiting {
  submission: () => SubmissionJob;
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
