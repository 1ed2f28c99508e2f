import * as v from 'valibot';
import { quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';
import {
  type Answer,
  answerSchema,
  type JobScript,
  type NewJob,
  type Order,
} from './peer-protocol';

export type { JobScript, NewJob } from './peer-protocol';

/** How long an order may take, in milliseconds. */
const patience = 15_000;

/** The list on which the peer waits for its orders; empty but for a moment. */
const orders = 'workbook:orders';

/** An order without its number. */
type Wish = Order extends infer One ? (One extends Order ? Omit<One, 'number'> : never) : never;

/**
 * The other side of a learner's program: a program with BullMQ that adds jobs, or works on them,
 * when it is asked to, and does nothing of itself.
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

  /** Adds jobs to a queue. @returns their ids */
  add(queue: string, jobs: readonly NewJob[]): Promise<string[]> {
    return this.#obeys({ queue, add: [...jobs] });
  }

  /** Takes jobs of a queue in hand, and leaves it at that. @returns their ids; fewer if fewer wait */
  take(queue: string, count: number): Promise<string[]> {
    return this.#obeys({ queue, take: count });
  }

  /**
   * Takes as many jobs of a queue as there are scripts, and runs those in turn, a step of each at a
   * time: by the ids of the jobs. With fewer jobs than scripts nothing is run.
   * @returns their ids
   */
  work(queue: string, scripts: readonly JobScript[]): Promise<string[]> {
    return this.#obeys({ queue, work: [...scripts] });
  }

  async #obeys(wish: Wish): Promise<string[]> {
    this.#orders += 1;
    const number = this.#orders;
    await this.#task.redis.command('RPUSH', orders, JSON.stringify({ ...wish, number }));
    const answer = () => this.#answers.find((one) => one.number === number);
    await this.#running.waitUntil(() => answer() !== undefined, { limit: patience });
    const ids = answer()?.ids;
    this.#task.signal?.throwIfAborted();
    if (!ids) throw new Error(`The peer did not do what it was asked: ${this.#said}`);
    // What Redis had to send to others is sent before it answers this.
    await this.#task.redis.command('PING');
    return ids;
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
