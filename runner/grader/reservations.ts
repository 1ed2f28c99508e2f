import { fail, quote } from './finding';
import { nearest } from './likeness';
import type { Running } from './running';

/** The type of 100-seat's jobs. */
export const reservationType = 'reserve_seat';

const noSeats = 'Not enough seats available';

/**
 * A job for a seat as the wire tells it: kue writes all that happens to a job into the hash
 * `q:job:ID`, so this is known also of a job that was removed.
 */
export interface Reservation {
  id: number;
  /** Every state that it was in, in order. */
  states: string[];
  /** What it failed with, one line. */
  error?: string;
}

/** The jobs that a program created, in the order of their ids. */
export function reservationsOf(running: Running): Reservation[] {
  const found = new Map<string, Reservation>();
  for (const [, key = '', field, value = ''] of running.commands('HSET')) {
    const [, id] = /^q:job:(\d+)$/.exec(key) ?? [];
    if (id === undefined) continue;
    if (field === 'type' && value === reservationType) {
      found.set(id, { id: Number(id), states: [] });
    }
    const reservation = found.get(id);
    if (!reservation) continue;
    if (field === 'state') reservation.states.push(value);
    if (field === 'error') reservation.error = value.split('\n', 1)[0] ?? '';
  }
  return [...found.values()].sort((one, other) => one.id - other.id);
}

/** Whether its last state is that it has a seat. */
export function hasSeat({ states }: Reservation): boolean {
  return states.at(-1) === 'complete';
}

/** The lines that tell of its end, whatever they give as the reason. */
export function linesOf({ id }: Reservation, running: Running): string[] {
  const line = new RegExp(`^Seat reservation job #?${id} (?:completed$|failed:)`);
  return running.everything.filter((one) => line.test(one));
}

/**
 * Each of them was worked on, and came to one end.
 * @throws CheckFailure naming the first that was not
 */
export function endedOnce(reservations: readonly Reservation[]): void {
  for (const { id, states } of reservations) {
    const twice = states.find((state, at) => isEnd(state) && isEnd(states[at + 1]));
    if (twice !== undefined) {
      fail({
        class: 'wrong-output',
        message: `done is called twice for the job ${id}: ${twiceHow(states.filter(isEnd))}.`,
        next: 'Return right after done(error), so that the code below it does not run.',
        seen: states.join('\n'),
      });
    }
  }
  const open = reservations.find(({ states }) => !isEnd(states.at(-1)));
  if (!open) return;
  const { id, states } = open;
  const sides = { expected: 'complete', seen: states.at(-1) ?? '' };
  if (states.at(-1) === 'active') {
    fail({
      class: 'wrong-data',
      message: `The job ${id} never ends: done() is not called, and the jobs behind it wait.`,
      next: 'Call done() when the seat is reserved, and done(error) where there is none.',
      ...sides,
    });
  }
  fail({
    class: 'wrong-data',
    message: `After /process the job ${id} is still ${states.at(-1) ?? 'not saved'}: nothing processes it.`,
    next: `Call queue.process('${reservationType}', …) in the route /process.`,
    ...sides,
  });
}

/**
 * The console tells of its end, once and in the task's words.
 * @throws CheckFailure otherwise
 */
export function tellsEnd(reservation: Reservation, running: Running): void {
  if (hasSeat(reservation)) {
    tells(reservation, running, 'completed', /completed$/);
    return;
  }
  const [line] = linesOf(reservation, running);
  const failed = line?.replace(/^.*? failed:/, '') ?? reservation.error ?? '';
  const reason = failed.trim().replace(/^Error: /, '');
  if (reason !== noSeats) {
    fail({
      class: 'wrong-output',
      message: `Where no seat is left the job fails with ${quote(reason)}; the task asks for ${quote(noSeats)}.`,
      next: `Call done(new Error('${noSeats}')).`,
      expected: `Seat reservation job ${reservation.id} failed: ${noSeats}`,
      seen: line ?? reason,
    });
  }
  const told = new RegExp(`failed: (?:Error: )?${noSeats}$`);
  tells(reservation, running, `failed: ${noSeats}`, told);
}

function tells(reservation: Reservation, running: Running, end: string, told: RegExp): void {
  const { id } = reservation;
  const lines = linesOf(reservation, running).filter((line) => told.test(line));
  if (lines.length === 1) return;
  const wanted = `Seat reservation job ${id} ${end}`;
  const sides = { expected: wanted, seen: running.everything.join('\n') };
  if (lines.length > 1) {
    fail({
      class: 'wrong-output',
      message: `The line ${quote(wanted)} is printed ${lines.length} times.`,
      next: 'Add the listener once for each job.',
      ...sides,
    });
  }
  const ofThisJob = new RegExp(`\\b${id}\\b`);
  const got = nearest(
    wanted,
    running.everything.filter((line) => ofThisJob.test(line)),
  );
  const event = hasSeat(reservation) ? 'complete' : 'failed';
  fail({
    class: 'wrong-output',
    message:
      got === undefined
        ? `The job ${id} is ${event === 'complete' ? 'completed' : 'failed'}, but the line ${quote(wanted)} is not printed.`
        : `Expected the line ${quote(wanted)}, but the program printed ${quote(got)}.`,
    next: `Log it in a listener for “${event}” on the job.`,
    ...sides,
  });
}

function isEnd(state: string | undefined): boolean {
  return state === 'complete' || state === 'failed';
}

function twiceHow(ends: string[]): string {
  const [first] = ends;
  if (ends.some((state) => state !== first)) return 'once to fail it and once to complete it';
  return first === 'failed' ? 'it fails twice' : 'it is completed twice';
}
