import * as v from 'valibot';
import { quote } from '../grading/finding';
import type { ProgramRun } from '../grading/program/program-run';
import type { Task } from '../grading/task';
import { EnvironmentError } from '../redis/instance';

/** How long an order may take, in milliseconds: a job may have been created with a delay. */
const patience = 15_000;

/** The list on which the program waits for its orders; empty but for a moment. */
const orders = 'workbook:orders';

/** What the program prints of an order that it has done: a line of JSON. */
interface Answered {
  number: number;
}

/** An order without its number. */
export type Wish<Order> = Order extends infer One ? Omit<One, 'number'> : never;

/** A program of ours that does what it is asked to, order by order, and nothing of itself. */
export class OrderedProgram<Order extends { number: number }, Answer extends Answered> {
  #orders = 0;

  private constructor(
    readonly task: Task,
    readonly running: ProgramRun,
    readonly answer: v.GenericSchema<unknown, Answer>,
  ) {}

  /**
   * @param file the program, absolute; it is told the list of its orders as its argument
   * @param name by which the evidence speaks of it
   * @param answer what it prints of an order
   */
  static async start<Order extends { number: number }, Answer extends Answered>(
    task: Task,
    file: string,
    name: string,
    answer: v.GenericSchema<unknown, Answer>,
  ): Promise<OrderedProgram<Order, Answer>> {
    return new OrderedProgram(task, await task.start(file, { name, args: [orders] }), answer);
  }

  /**
   * Has it do something.
   * @returns its answer; undefined where none comes in time
   * @throws the signal's reason where the check was cut short
   */
  async obey(wish: Wish<Order>): Promise<Answer | undefined> {
    this.#orders += 1;
    const number = this.#orders;
    await this.task.redis.command('RPUSH', orders, JSON.stringify({ ...wish, number }));
    const answer = () => this.#answers.find((one) => one.number === number);
    await this.running.waitUntil(() => answer() !== undefined, { limit: patience });
    this.task.signal?.throwIfAborted();
    // What Redis had to send to others is sent before it answers this.
    await this.task.redis.command('PING');
    return answer();
  }

  /**
   * Has it do something that nothing of a learner's can hold up.
   * @returns its answer
   * @throws EnvironmentError where none comes in time; the signal's reason where the check was cut short
   */
  async answerTo(wish: Wish<Order>): Promise<Answer> {
    const answer = await this.obey(wish);
    if (answer) return answer;
    const said = quote(this.running.outputLines.slice(-5).join(' / '));
    throw new EnvironmentError(
      `The workbook’s own side of the queue did not answer in ${patience / 1000} s; its last lines are ${said}.`,
      'Check again once this machine has less to do.',
    );
  }

  get #answers(): Answer[] {
    return this.running.lines
      .filter((line) => line.startsWith('{'))
      .map((line) => v.parse(this.answer, JSON.parse(line)));
  }
}
