import { commandText, fail, quote, type Task, waitUntilHeldUp } from '#grading';
import { BoxOffice, isHeldUp } from './box-office';
import { key, mayTakeSeat, seatsLeft, setSeats } from './seats';

/**
 * Two processes start at once, and both are about to set the number when none of them has. The first to
 * do so sets it, before its server listens; the other leaves it alone, though a seat is gone by then.
 * @returns both, open
 * @throws CheckFailure otherwise
 */
export async function expectTwoAtOnce(
  task: Task,
  seats: number,
): Promise<[first: BoxOffice, second: BoxOffice]> {
  const both = await Promise.all([BoxOffice.start(task), BoxOffice.start(task)]);
  for (const { running } of both) running.program.tap.keepBackFrom(mayTakeSeat);
  for (const one of both) await one.running.waitUntil(() => isHeldUp(one), { timers: 0 });
  const [first, second] = both;
  const meet = both.every(isHeldUp);
  for (const office of both) if (isHeldUp(office)) await expectClosed(office);
  first.running.program.tap.keepNothing();
  await first.waitUntilOpen();
  if (!meet) second.running.program.tap.keepNothing();
  await expectSeatsAtStart(task, first, seats);
  if (meet) {
    await setSeats(task, seats - 1);
    second.running.program.tap.keepNothing();
  }
  await second.waitUntilOpen();
  await expectLeftAlone(task, second, meet ? seats - 1 : seats);
  return both;
}

/** What sets the number is under way, and the server does not listen yet. */
async function expectClosed(office: BoxOffice): Promise<void> {
  await waitUntilHeldUp([office.server.running]);
  if (!office.isOpen) return;
  fail({
    class: 'wrong-data',
    message: `The server listens before Redis holds the number of seats under ${quote(key)}: who asks then finds none.`,
    next: 'Await the connection and the command that sets the number, and only then call app.listen().',
    at: [{ calls: ['listen'] }],
    expected: 'set, then open',
    seen: 'open, not set',
  });
}

/** Redis holds the number of seats, and the route shows it. */
async function expectSeatsAtStart(task: Task, office: BoxOffice, seats: number): Promise<void> {
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
