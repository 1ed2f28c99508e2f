import { fail, type Task } from '#grading';
import { type BoxOffice, isHeldUp } from './box-office';
import type { Reservations } from './reservations';
import { mayTakeSeat, seatsLeft, setSeats } from './seats';

/**
 * One seat is there again, and two processes have a job each that wants it. What takes the seat is
 * kept back until both have done all that comes before.
 * @param ended a process that has ended
 * @throws CheckFailure where both get it
 */
export async function expectLastSeatGivenOnce(
  task: Task,
  ended: BoxOffice,
  offices: readonly [BoxOffice, BoxOffice],
  reservations: Reservations,
): Promise<void> {
  const [one, other] = offices;
  const before = await reservations.completed();
  await other.expectProcessing();
  await setSeats(task, 1);
  for (const { running } of offices) running.program.tap.keepBackFrom(mayTakeSeat);
  await one.expectReservationHeldUp(offices);
  await (isHeldUp(one) ? other : one).expectReservationHeldUp(offices);
  for (const { running } of offices) running.program.tap.keepNothing();
  await reservations.expectAllEnded([ended, ...offices]);
  const given = (await reservations.completed()) - before;
  const left = await seatsLeft(task);
  if (given === 1 && left === 0) return;
  fail({
    class: 'wrong-data',
    message:
      given > 1
        ? 'Two processes give the last seat to two reservations: both find it free, and then both take it.'
        : `One seat is left for two reservations, and ${given === 0 ? 'none of them gets it' : `Redis holds ${left} after it`}.`,
    next: 'Look and take in one step of Redis, where nothing comes between: a script, WATCH with MULTI, or DECR and a look at its answer.',
    at: [{ names: ['reserveSeat'] }],
    expected: '1 completed, 1 failed, 0 left',
    seen: `${given} completed, ${2 - given} failed, ${left} left`,
  });
}
