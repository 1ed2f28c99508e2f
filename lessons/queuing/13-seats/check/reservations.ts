import { exactly, fail, nearest, type ProgramRun, quote, type Task } from '#grading';
import { eventsOf, isStack } from '#vocabulary/kue/events';
import { failUnheard } from '#vocabulary/kue/listeners';
import { expectProcessing } from '#vocabulary/kue/worker';
import { hasNoReason } from '../../vocabulary/notifications/line-diagnosis';

/** The type of 100-seat's jobs. */
export const reservationType = 'reserve_seat';

/** What the task has a job fail with. */
export const noSeats = 'Not enough seats available';

/** A line about a job's end; the group is the job's id. */
const anyEnd = /^Seat reservation job #?(\d+) (?:completed$|failed:)/;

/**
 * A job for a seat as the wire shows it: kue writes all that happens to a job into the hash
 * `q:job:ID`, so this is known also of a job that was removed.
 */
export interface Reservation {
  id: number;
  /** Every state that it was in, in order. */
  states: string[];
  /** What kue keeps of its error: an Error's stack, or the text that stood for one. */
  error?: string;
}

/** The jobs that a program created, in the order of their ids. */
export function reservationsOf(running: ProgramRun): Reservation[] {
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
    if (field === 'error') reservation.error = value;
  }
  return [...found.values()].sort((one, other) => one.id - other.id);
}

/** Whether its last state is that it has a seat. */
export function hasSeat({ states }: Reservation): boolean {
  return states.at(-1) === 'complete';
}

/** The lines about its end, whatever they give as the reason. */
export function linesOf({ id }: Pick<Reservation, 'id'>, running: ProgramRun): string[] {
  return running.outputLines.filter((line) => anyEnd.exec(line)?.[1] === String(id));
}

/**
 * Each of them was worked on, and came to one end.
 * @throws CheckFailure naming the first that was not
 */
export function expectEndedOnce(
  task: Task,
  running: ProgramRun,
  reservations: readonly Reservation[],
): void {
  for (const { id, states } of reservations) {
    const twice = states.find((state, at) => isEnd(state) && isEnd(states[at + 1]));
    if (twice !== undefined) {
      fail({
        class: 'wrong-output',
        message: `done is called twice for the job ${id}: ${twiceHow(states.filter(isEnd))}.`,
        next: 'Return right after done(error), so that the code below it does not run.',
        at: { calls: ['done'] },
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
      next: 'Call done() when the seat is reserved, and done(error) if there is none.',
      at: { calls: ['process'] },
      ...sides,
    });
  }
  const ended = reservations.filter((one) => isEnd(one.states.at(-1))).length;
  const still = `the job ${id} is still ${states.at(-1) ?? 'not saved'}`;
  if (ended === 0) expectProcessing(task, running, reservationType);
  fail({
    class: 'wrong-data',
    at: { calls: ['shutdown', 'pause'] },
    ...(ended > 0
      ? {
          message: `Only ${ended} of ${reservations.length} jobs ${ended === 1 ? 'is' : 'are'} processed after /process: ${still}.`,
          next: 'Let the queue be processed on and on: look for a shutdown or a pause after a job.',
        }
      : {
          message: `After /process ${still}: nothing processes it.`,
          next: `Call queue.process('${reservationType}', …) in the route /process.`,
        }),
    ...sides,
  });
}

/**
 * The console does not report several jobs under one and the same id.
 * @throws CheckFailure where it does
 */
export function expectOwnIds(reservations: readonly Reservation[], running: ProgramRun): void {
  const lines = running.outputLines.filter((line) => anyEnd.test(line));
  const ids = new Set(lines.map((line) => Number(anyEnd.exec(line)?.[1])));
  const [id] = ids;
  if (lines.length < 2 || ids.size > 1 || !reservations.some((one) => one.id === id)) return;
  fail({
    class: 'wrong-output',
    message: `The lines of several jobs all tell the id ${id}: by then the variable holds another job than the one it was when the listener was made.`,
    next: 'Declare the job with const inside the route /reserve_seat, so that each request has one of its own.',
    at: [{ code: 'job = $' }, { prints: lines[0] ?? '' }],
    expected: reservations.map((one) => `Seat reservation job ${one.id} …`).join('\n'),
    seen: lines.join('\n'),
  });
}

/**
 * The console reports its end, once and in the task's words.
 * @throws CheckFailure otherwise
 */
export function expectEndLine(task: Task, reservation: Reservation, running: ProgramRun): void {
  if (hasSeat(reservation)) {
    expectOneLine(task, reservation, running, 'completed', /completed$/);
    return;
  }
  expectNoSeatsError(reservation, running);
  expectReason(reservation, running);
  const pattern = new RegExp(`failed: (?:Error: )?${noSeats}$`);
  expectOneLine(task, reservation, running, `failed: ${noSeats}`, pattern);
}

/** It failed with an Error, and in the task's words. */
function expectNoSeatsError({ id, error = '' }: Reservation, running: ProgramRun): void {
  const event = eventsOf(running).find((one) => one.id === id && one.event === 'failed');
  const reason = String(event?.argument ?? error.split('\n', 1)[0]).replace(/^Error: /, '');
  const next = `Call done(new Error('${noSeats}')).`;
  if (reason !== noSeats) {
    fail({
      class: 'wrong-output',
      message: `If no seat is left, the job fails with ${quote(reason)}; the task asks for ${quote(noSeats)}.`,
      next,
      at: [{ throws: reason }, { route: '/process', code: 'done($)' }],
      compared: [noSeats, reason],
      expected: `Seat reservation job ${id} failed: ${noSeats}`,
      seen: linesOf({ id }, running)[0] ?? reason,
    });
  }
  if (isStack(error)) return;
  fail({
    class: 'wrong-data',
    message: `If no seat is left, the job fails with a plain text; the task asks for an Error with the message ${quote(noSeats)}.`,
    next: `Make it an Error: done(new Error('${noSeats}')).`,
    at: { names: [noSeats] },
  });
}

/** Its line gives a reason that is text. */
function expectReason({ id }: Reservation, running: ProgramRun): void {
  const [line] = linesOf({ id }, running);
  if (line === undefined || !hasNoReason(line)) return;
  fail({
    class: 'wrong-output',
    message: `The line ${quote(line)} does not tell the error that the job failed with.`,
    next: 'The listener for “failed” gets the error’s message as its first argument: print that.',
    at: { prints: line },
    expected: `Seat reservation job ${id} failed: ${noSeats}`,
    seen: line,
  });
}

function expectOneLine(
  task: Task,
  reservation: Reservation,
  running: ProgramRun,
  end: string,
  pattern: RegExp,
): void {
  const { id } = reservation;
  const lines = linesOf(reservation, running).filter((line) => pattern.test(line));
  if (lines.length === 1) return;
  const wanted = `Seat reservation job ${id} ${end}`;
  const sides = { expected: wanted, seen: running.outputLines.join('\n') };
  if (lines.length > 1) {
    fail({
      class: 'wrong-output',
      message: `The line ${quote(wanted)} is printed ${lines.length} times.`,
      next: 'Add the listener once for each job.',
      at: { prints: wanted, which: 'last' },
      ...sides,
    });
  }
  const ofThisJob = new RegExp(`\\b${id}\\b`);
  const got = nearest(
    wanted,
    running.outputLines.filter((line) => ofThisJob.test(line)),
  );
  const nameless = running.outputLines.find((line) =>
    new RegExp(`^Seat reservation job #?(?:undefined|null|NaN|\\[object Object\\])? ?${end}$`).test(
      line,
    ),
  );
  if (got === undefined && nameless !== undefined) {
    fail({
      class: 'wrong-output',
      message: `The line ${quote(nameless)} does not tell which job it is.`,
      next: 'Print the id of the job that queue.create() gives: job.id.',
      at: { prints: nameless },
      expected: wanted,
      seen: nameless,
    });
  }
  if (got === undefined)
    failUnheard(task, running, hasSeat(reservation) ? 'complete' : 'failed', wanted);
  fail({
    class: 'wrong-output',
    message: `Expected the line ${quote(wanted)}, but the program printed ${quote(got)}.`,
    next: exactly(wanted, 'signs'),
    at: { prints: got },
    compared: [wanted, got],
    expected: wanted,
    seen: got,
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
