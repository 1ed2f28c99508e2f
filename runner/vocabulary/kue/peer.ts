import * as v from 'valibot';
import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';
import { jobsIn } from './jobs';
import { type Answer, answerSchema, type JobScript, type Order } from './peer-protocol';

export type { JobScript } from './peer-protocol';

/** How long an order may take, in milliseconds: a job may have been created with a delay. */
const patience = 15_000;

/** The list on which the peer waits for its orders; empty but for a moment. */
const orders = 'workbook:orders';

/**
 * The other side of a learner's program: a program with a kue queue of its own that creates or
 * works off jobs when it is asked to, and does nothing of itself.
 */
export class QueuePeer {
  readonly #task: Task;
  readonly #running: ProgramRun;
  #orders = 0;

  private constructor(task: Task, running: ProgramRun) {
    this.#task = task;
    this.#running = running;
  }

  /** @param name by which the evidence speaks of it */
  static async start(task: Task, name: string): Promise<QueuePeer> {
    const file = require.resolve('./peer-program');
    return new QueuePeer(task, await task.start(file, { name, args: [orders] }));
  }

  /** Creates jobs of a type. @returns their ids */
  async create(type: string, data: readonly unknown[]): Promise<number[]> {
    this.#orders += 1;
    const order: Order = {
      number: this.#orders,
      create: data.map((one) => ({ type, data: one })),
    };
    const ids = await this.#obeys(order);
    if (!ids) throw new Error(`The peer did not create jobs: ${this.#said}`);
    return ids;
  }

  /**
   * Takes as many jobs of a type as there are scripts, runs those in turn, a step of each job at a
   * time, and waits until all are settled.
   * @throws CheckFailure where the jobs do not come to a processor
   */
  async work(type: string, scripts: JobScript[]): Promise<void> {
    this.#orders += 1;
    if (await this.#obeys({ number: this.#orders, work: type, scripts })) return;
    const jobs = (await jobsIn(this.#task.redis)).filter((job) => job.type === type);
    const delayed = jobs.some((job) => job.state === 'delayed');
    fail({
      class: 'wrong-data',
      message: delayed
        ? 'No processor gets the job now: it is created with a delay.'
        : `A processor cannot bring the jobs of the type ${quote(type)} to their end.`,
      next: delayed
        ? 'Take delay() out.'
        : 'Create the job with its type and data and save it, without further options.',
      at: [{ calls: ['delay'] }, { names: [type] }],
      seen: jobs.map((job) => `job ${job.id}: ${job.state}`).join('\n'),
    });
  }

  async #obeys(order: Order): Promise<number[] | undefined> {
    await this.#task.redis.command('RPUSH', orders, JSON.stringify(order));
    const answer = () => this.#answers.find((one) => one.number === order.number);
    await this.#running.waitUntil(() => answer() !== undefined, { limit: patience });
    // What Redis had to send to others is sent before it answers this.
    await this.#task.redis.command('PING');
    return answer()?.ids;
  }

  get #answers(): Answer[] {
    return this.#running.lines
      .filter((line) => line.startsWith('{'))
      .map((line) => v.parse(answerSchema, JSON.parse(line)));
  }

  get #said(): string {
    return quote(this.#running.outputLines.slice(-5).join(' / '));
  }
}
