import { fail, quote } from '../../grading/finding';
import type { Task } from '../../grading/task';
import { OrderedProgram } from '../ordered-program';
import { jobsIn } from './jobs';
import { type Answer, answerSchema, type JobScript, type Order } from './peer-protocol';

export type { JobScript } from './peer-protocol';

/**
 * The other side of a learner's program: a program with a kue queue of its own that creates or
 * works off jobs when it is asked to, and does nothing of itself.
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

  /** Creates jobs of a type. @returns their ids */
  async create(type: string, data: readonly unknown[]): Promise<number[]> {
    const create = data.map((one) => ({ type, data: one }));
    const { ids } = await this.#program.answerTo({ create });
    return ids;
  }

  /**
   * Takes as many jobs of a type as there are scripts, runs those in turn, a step of each job at a
   * time, and waits until all are settled.
   * @throws CheckFailure where the jobs do not come to a processor
   */
  async work(type: string, scripts: JobScript[]): Promise<void> {
    if (await this.#program.obey({ work: type, scripts })) return;
    const jobs = (await jobsIn(this.#program.task.redis)).filter((job) => job.type === type);
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
}
