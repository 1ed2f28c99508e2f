import { fail, type NextStep, type Place, type Task, waitUntilHeldUp } from '#grading';
import { openConnections } from '#vocabulary/bullmq/connections';
import { waitUntilAtRest } from '#vocabulary/http/at-rest';
import { type BoxOffice, isHeldUp } from './box-office';
import type { Reservations } from './reservations';
import { mayTakeSeat, setSeats } from './seats';

const handler: Place[] = [
  { code: "process.on('SIGTERM', $$$)" },
  { code: "process.once('SIGTERM', $$$)" },
];

const patience = 5_000;

/** How long a job that is in hand may wait for something else before it takes a seat, in milliseconds. */
const prelude = 2_000;

/**
 * SIGTERM comes when one job is in hand, kept there by what takes its seat and does not reach Redis,
 * and the others wait: the process takes no more requests, brings that job to its end and no other,
 * and ends by itself.
 * @throws CheckFailure otherwise
 */
export async function expectEndsInTheMiddle(
  office: BoxOffice,
  reservations: Reservations,
): Promise<void> {
  const { program } = office.running;
  const isKept = () => program.tap.kept > 0;
  program.tap.keepBackFrom(mayTakeSeat);
  await office.expectProcessingHeldUp();
  const isBusy = (await reservations.active()).length > 0;
  if (!isKept() && isBusy) await office.running.waitUntil(isKept, { limit: prelude });
  if (!isKept()) {
    // What comes to it later is let through, or nothing would ever end here.
    program.tap.keepNothing();
    await reservations.expectAllEnded([office]);
  }
  const before = await reservations.begun();
  const inHand = await reservations.active();
  program.terminate();
  await waitUntilHeldUp([office.server.running]);
  expectAlive(office, inHand);
  await expectNoMoreRequests(office);
  program.tap.keepNothing();
  await waitUntilAtRest(office.server);
  for (const id of inHand) await reservations.expectCompletedBy(office, id);
  await expectNoOtherJob(reservations, before);
  await expectEnded(office);
}

/**
 * SIGTERM comes when a job is in hand whose seat is given to somebody else meanwhile: what it does then
 * may need Redis once more.
 * @returns the process that has ended; nothing where what takes a seat could not be kept back
 * @throws CheckFailure where the job does not fail as it should, or the process does not end
 */
export async function expectEndsWithoutSeat(
  task: Task,
  offices: readonly [BoxOffice, BoxOffice],
  reservations: Reservations,
): Promise<BoxOffice | undefined> {
  await setSeats(task, 1);
  for (const { running } of offices) running.program.tap.keepBackFrom(mayTakeSeat);
  await offices[0].expectReservationHeldUp(offices);
  const office = offices.find(isHeldUp);
  const [id] = await reservations.active();
  const isInHand = office !== undefined && id !== undefined;
  if (isInHand) {
    await setSeats(task, 0);
    office.running.program.terminate();
    await waitUntilHeldUp([office.server.running]);
    expectAlive(office, [id]);
  }
  for (const { running } of offices) running.program.tap.keepNothing();
  if (!isInHand) return undefined;
  await waitUntilAtRest(office.server);
  await reservations.expectRefusedBy(office, id);
  await reservations.expectNoneLeft();
  await expectEnded(office);
  return office;
}

/**
 * SIGTERM comes when no job is there: the process ends.
 * @throws CheckFailure otherwise
 */
export async function expectEndsWithNothingToDo(office: BoxOffice): Promise<void> {
  office.running.program.terminate();
  await waitUntilAtRest(office.server);
  await expectEnded(office);
}

/** The signal does not end it while a job is in hand. */
function expectAlive({ running }: BoxOffice, inHand: readonly string[]): void {
  const { exit, errors } = running.program;
  if (!exit) return;
  if (errors.length > 0) running.expectNoCrash();
  const [id = ''] = inHand;
  const job = inHand.length > 0 ? `, with the job ${id} in hand` : '';
  fail({
    class: 'wrong-data',
    ...(exit.signal === 'SIGTERM'
      ? {
          message: `SIGTERM ends the process at once${job}: nothing in it listens for the signal.`,
          next: {
            says: "Listen for the signal: process.on('SIGTERM', …), and close everything there, one after the other.",
            unless: ["process.on('SIGTERM', $$$)", "process.once('SIGTERM', $$$)"],
            otherwise: 'See that the line with process.on is reached before the server listens.',
          },
        }
      : {
          message: `At SIGTERM the process ends at once${job}: it does not wait for the job.`,
          next: {
            says: 'Await worker.close() first: it lets the job that is in hand come to its end.',
            unless: 'await $.close()',
            otherwise:
              'Await worker.close(), without true in it, before anything ends the process.',
          },
        }),
    at: [
      { code: "process.on('SIGTERM', () => process.exit($$$))" },
      { code: '$.close(true)' },
      ...handler,
      ...(exit.signal === 'SIGTERM' ? [] : [{ calls: ['exit'] }]),
    ],
    expected: `job ${id}: completed`,
    seen: `job ${id}: active`,
  });
}

/** Its server is closed, or says that it is not there for anybody. */
async function expectNoMoreRequests({ server, running }: BoxOffice): Promise<void> {
  const state = await running.program.state();
  if (!state || state.servers === 0) return;
  const asked = server.ask('/', patience);
  await asked.sent;
  await waitUntilHeldUp([server.running]);
  if (!asked.done) asked.giveUp('');
  const answer = await asked.answer;
  if (!(answer instanceof Error) && answer.status === 503) return;
  fail({
    class: 'wrong-answer',
    message: 'After SIGTERM the server still takes requests, while the job in hand is worked on.',
    next: {
      says: 'Call close() on what app.listen() returns, as the first thing.',
      unless: 'server.close($$$)',
      otherwise: 'Call server.close() as the first thing, before you wait for anything.',
    },
    at: [{ code: 'server.close($$$)' }, ...handler, { calls: ['listen'] }],
    expected: 'connection refused',
    seen: answer instanceof Error ? 'a connection' : `${answer.status}`,
  });
}

/** The jobs that waited are left to others: nobody else has worked on any so far. */
async function expectNoOtherJob(
  reservations: Reservations,
  before: readonly string[],
): Promise<void> {
  const begun = await reservations.begun();
  const other = begun.find((id) => !before.includes(id));
  if (other === undefined) return;
  fail({
    class: 'wrong-data',
    message: `After SIGTERM the process takes one more job in hand, ${other}: it should only end the one that it had.`,
    next: 'Call worker.close() on the signal, at once: the Worker takes no other job from then on.',
    at: [...handler, { calls: ['close'] }],
    expected: before.map((id) => `job ${id}`).join('\n'),
    seen: begun.map((id) => `job ${id}`).join('\n'),
  });
}

/** It has ended by itself, and well. */
async function expectEnded(office: BoxOffice): Promise<void> {
  const { running } = office;
  const { program } = running;
  if (program.exit?.signal === 'SIGTERM') expectAlive(office, []);
  running.expectNoCrash();
  if (program.exit) return;
  const state = await program.state();
  const [open] = openConnections(running);
  const reasons: [boolean, string, NextStep][] = [
    [(state?.servers ?? 0) > 0, 'its server is still open', 'Close the server: server.close().'],
    [open === 'worker', 'the Worker is still connected', closing('worker')],
    [open === 'queue', 'the Queue is still connected', closing('queue')],
    [open === 'events', 'the QueueEvents are still connected', closing('queueEvents')],
    [open === 'client', 'the client is still connected to Redis', closing('client')],
    [(state?.timers ?? 0) > 0, 'a timer is still running', 'Call clearTimeout() or unref() on it.'],
  ];
  const [, why, next] = reasons.find(([is]) => is) ?? [
    true,
    'something keeps it busy',
    'Look for what is still open: a server, a connection, a timer.',
  ];
  fail({
    class: 'did-not-exit',
    message: `After SIGTERM the process does not end by itself: ${why}.`,
    next,
    at: handler,
  });
}

function closing(name: string): NextStep {
  return `Await ${name}.close() as well, and see that the line is reached.`;
}
