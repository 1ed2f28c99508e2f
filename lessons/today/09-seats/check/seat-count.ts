import { commandText, fail, quote, type Task } from '#grading';
import type { BoxOffice } from './box-office';
import { key, seatsLeft } from './seats';

/**
 * Redis holds the number of seats, and the route shows it.
 * @throws CheckFailure otherwise
 */
export async function expectSeatsAtStart(
  task: Task,
  office: BoxOffice,
  seats: number,
): Promise<void> {
  const type = await task.redis.type(key);
  const held = type === 'string' ? await task.redis.command('GET', key) : null;
  if (held !== String(seats)) {
    const other = office.running
      .commands()
      .find((words) => words.length > 2 && words[1] !== key && words.includes(String(seats)));
    fail({
      class: 'wrong-data',
      message:
        held !== null
          ? `The number of seats is ${held} at the start; the task asks for ${seats}.`
          : other
            ? `Redis got ${quote(commandText(other))}; the task’s key is ${quote(key)}.`
            : `Redis does not hold the number of seats under ${quote(key)} when the server listens.`,
      next: other
        ? `Keep the number under the key ${key}.`
        : {
            says: `Set it before the server listens, if Redis holds none: client.set('${key}', ${seats}, { condition: 'NX' }).`,
            unless: [
              "$.set($, $, { condition: 'NX' })",
              '$.set($, $, { NX: true })',
              '$.setNX($$$)',
            ],
            otherwise: `Let that command set it to ${seats}, and await it before the server listens.`,
          },
      at: [
        ...(other ? [{ sends: other }] : held === null ? [] : [{ code: String(held) }]),
        { names: [key] },
        { calls: ['set', 'setNX'] },
      ],
      expected: `${key} ${seats}`,
      seen: held === null ? office.running.commandLines() : `${key} ${held}`,
    });
  }
  await task.redis.expectNoExpiry(key);
  await office.expectShown(seats, 'at the start');
}

/**
 * A process that starts leaves the number that there is.
 * @throws CheckFailure otherwise
 */
export async function expectLeftAlone(task: Task, office: BoxOffice, seats: number): Promise<void> {
  const held = await seatsLeft(task);
  if (held !== seats) {
    fail({
      class: 'wrong-data',
      message: `Another process of the server starts, and Redis holds ${held} seats; there were ${seats}: the seats that are given are free again.`,
      next: {
        says: "Set the number only if there is none: client.set(key, 50, { condition: 'NX' }).",
        unless: ["$.set($, $, { condition: 'NX' })", '$.set($, $, { NX: true })', '$.setNX($$$)'],
        otherwise: 'Let nothing else set it, wherever it stands: only jobs take seats.',
      },
      at: [{ sends: ['SET', key, String(held)] }, { calls: ['set'] }],
      expected: `${key} ${seats}`,
      seen: `${key} ${held}`,
    });
  }
  await office.expectShown(seats, 'in a process that starts later');
}

/**
 * Reservations alone have changed nothing.
 * @throws CheckFailure otherwise
 */
export async function expectNotTaken(task: Task, seats: number): Promise<void> {
  const held = await seatsLeft(task);
  if (held === seats) return;
  fail({
    class: 'wrong-data',
    message: `GET /reserve_seat changes the number of seats: there were ${seats}, and Redis holds ${held} before any job is worked on.`,
    next: 'Take the seat in the function of the Worker alone; the route only adds a job.',
    at: [
      { route: '/reserve_seat', calls: ['reserveSeat', 'decr', 'set'] },
      { route: '/reserve_seat' },
    ],
    expected: `${key} ${seats}`,
    seen: `${key} ${held}`,
  });
}
