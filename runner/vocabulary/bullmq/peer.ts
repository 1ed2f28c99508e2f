import type { Task } from '../../grading/task';
import { OrderedProgram, type Wish } from '../ordered-program';
import {
  type Answer,
  answerSchema,
  type JobScript,
  type NewJob,
  type Order,
} from './peer-protocol';

export type { JobScript, NewJob } from './peer-protocol';

/**
 * The other side of a learner's program: a program with BullMQ that adds jobs, or works on them,
 * when it is asked to, and does nothing of itself.
 */
export class QueuePeer {
  readonly #program: OrderedProgram<Order, Answer>;

  private constructor(program: OrderedProgram<Order, Answer>) {
    this.#program = program;
  }

  /** @param name by which the evidence speaks of it */
  static async start(task: Task, name: string): Promise<QueuePeer> {
    const file = require.resolve('./peer-program');
    return new QueuePeer(await OrderedProgram.start(task, file, name, answerSchema));
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

  async #obeys(wish: Wish<Order>): Promise<string[]> {
    const { ids } = await this.#program.answerTo(wish);
    return ids;
  }
}
