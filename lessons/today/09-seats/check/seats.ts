import type { Task } from '#grading';

/** Where the task has the number of seats. */
export const key = 'available_seats';

const reads = /^(?:GET|MGET|EXISTS|WATCH|TYPE|TTL|STRLEN|GETRANGE|EVAL_RO|EVALSHA_RO)$/;

/** The number that there is from now on, whoever asks. */
export async function setSeats(task: Task, seats: number): Promise<void> {
  await task.redis.set(key, String(seats));
}

/** How many seats Redis holds. */
export async function seatsLeft(task: Task): Promise<number> {
  return Number(await task.redis.command('GET', key));
}

/** Whether a command may change the number of seats. */
export function mayTakeSeat([name = '', ...words]: string[]): boolean {
  return words.includes(key) && !reads.test(name);
}
