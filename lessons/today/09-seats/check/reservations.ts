import { exactly, fail, isWritten, nearest, quote, type Task } from '#grading';
import { historyOf, type QueueEvent } from '#vocabulary/bullmq/history';
import { expectRightUse } from '#vocabulary/bullmq/misuse';
import { expectAdded } from '#vocabulary/bullmq/producer';
import { settledBy } from '#vocabulary/bullmq/scripts';
import { expectWorking, failWithJob } from '#vocabulary/bullmq/worker';
import type { BoxOffice } from './box-office';
import { key, seatsLeft } from './seats';

/** The task's queue. */
export const queue = 'reserve_seat';

const noSeats = 'Not enough seats available';

const worker = { code: 'new Worker($$$)' };

const listener = [{ code: "process.on('SIGTERM', $$$)" }, { code: "process.once('SIGTERM', $$$)" }];

/** What the queue tells of the jobs, whichever process added them or worked on them. */
export class Reservations {
  readonly #task: Task;

  constructor(task: Task) {
    this.#task = task;
  }

  /** So many jobs are in the queue, and nobody has begun one. */
  async expectWaiting(count: number, office: BoxOffice): Promise<void> {
    const history = await this.#history();
    const added = idsOf(history, 'added');
    if (added.length === 0) await failWithoutJob(this.#task, office);
    const begun = history.find(({ event }) => event === 'active');
    if (begun) {
      fail({
        class: 'wrong-data',
        message: `The job ${begun.id} is taken in hand before /process is asked for: it should wait.`,
        next: {
          says: 'Make the Worker with autorun: false, and call worker.run() in the route /process.',
          unless: '$.run()',
          otherwise: 'Call run() in the route /process alone, and give the Worker autorun: false.',
        },
        at: [worker],
        expected: 'waiting',
        seen: 'active',
      });
    }
    if (added.length === count) return;
    fail({
      class: 'wrong-data',
      message: `After ${count} ${count === 1 ? 'reservation' : 'reservations'} the queue has got ${added.length === 1 ? 'one job' : `${added.length} jobs`}.`,
      next: {
        says: 'Add one job for each reservation.',
        unless: '$.add($$$)',
        otherwise: 'Call queue.add() once in the route, and leave jobId out of its options.',
      },
      at: [{ names: ['jobId', 'deduplication'] }, { calls: ['add', 'addBulk'] }],
      expected: String(count),
      seen: String(added.length),
    });
  }

  /** The jobs that are in hand now. */
  async active(): Promise<string[]> {
    const history = await this.#history();
    return idsOf(history, 'active').filter((id) => stateOf(history, id) === 'active');
  }

  /** The jobs that were ever taken in hand. */
  async begun(): Promise<string[]> {
    return [...new Set(idsOf(await this.#history(), 'active'))];
  }

  /** How many jobs were completed. */
  async completed(): Promise<number> {
    return new Set(idsOf(await this.#history(), 'completed')).size;
  }

  /** The job was completed, and its line is printed by the process that worked on it. */
  async expectCompletedBy(office: BoxOffice, id: string): Promise<void> {
    const history = await this.#history();
    const end = history.find((one) => one.id === id && isEnd(one));
    if (end?.event === 'failed') failWithJob(this.#task, id, end.fields.failedReason ?? '');
    if (!end) this.#failWithLost(id);
    expectLine(office, id, 'completed');
  }

  /** The job, which SIGTERM found in hand, failed because no seat was left, and its line is printed. */
  async expectRefusedBy(office: BoxOffice, id: string): Promise<void> {
    const history = await this.#history();
    const end = history.find((one) => one.id === id && isEnd(one));
    if (!end) this.#failWithLost(id);
    const reason = end.fields.failedReason ?? '';
    if (end.event === 'completed' || nearest(noSeats, [reason.replace(/^Error: /, '')])) {
      this.#expectTold(history, office, id);
      return;
    }
    fail({
      class: 'wrong-data',
      message: `SIGTERM comes when the job ${id} is in hand, and the job fails with ${quote(reason)}: what it needs is closed before it has come to its end.`,
      next: 'Await worker.close() first, and close the client behind it: a job that gets no seat may need the client once more.',
      at: [...listener, { calls: ['close'] }],
      expected: noSeats,
      seen: reason,
    });
  }

  /** Every job came to its end, once, and the process that worked on it told so. */
  async expectAllEnded(offices: readonly BoxOffice[]): Promise<void> {
    const ids = idsOf(await this.#history(), 'added');
    const areSettled = () =>
      offices.reduce((sum, { running }) => sum + settledBy(running).length, 0) >= ids.length;
    for (const { server } of offices) await server.waitUntil(areSettled);
    for (const { server } of offices) await server.waitForIdle();
    const history = await this.#history();
    const open = ids.find((id) => !history.some((one) => one.id === id && isEnd(one)));
    if (open !== undefined) {
      for (const { running } of offices) expectRightUse(this.#task, running);
      await this.#expectNotPaused();
      await this.#expectNotRemoved(open);
      this.#expectRun();
      for (const { running } of offices) {
        if (!running.program.exit) expectWorking(this.#task, running, queue);
      }
      fail({
        class: 'wrong-data',
        message: `The job ${open} never comes to its end: it stays ${quote(stateOf(history, open))}.`,
        next: 'Let the function of the Worker return or throw for each job, and let the Worker run on.',
        at: [worker],
        expected: 'completed',
        seen: stateOf(history, open),
      });
    }
    for (const office of offices) {
      for (const id of settledBy(office.running)) this.#expectTold(history, office, id);
    }
    for (const office of offices) expectOwnLines(office);
  }

  /** So many reservations have a seat; all others failed because none was left. */
  async expectGiven(seats: number, surplus: number): Promise<void> {
    const history = await this.#history();
    const given = new Set(idsOf(history, 'completed')).size;
    const failed = new Set(idsOf(history, 'failed')).size;
    const sides = {
      expected: `${seats} completed, ${surplus} failed`,
      seen: `${given} completed, ${failed} failed`,
    };
    if (given !== seats) {
      fail({
        class: 'wrong-data',
        message:
          given > seats
            ? `${given} of ${given + failed} reservations get a seat, though there were only ${seats}.`
            : `Only ${given} of ${given + failed} reservations get a seat, though there were ${seats}.`,
        next:
          given > seats
            ? 'Let the job fail, by throwing an Error, if no seat is left; and take a seat in one step of Redis.'
            : 'Let each job take one seat as long as there is one: the last is a seat, too.',
        at: [{ calls: ['reserveSeat'] }, worker],
        ...sides,
      });
    }
    await this.expectNoneLeft();
  }

  /** Redis holds no seat, now that all jobs are done. */
  async expectNoneLeft(): Promise<void> {
    const left = await seatsLeft(this.#task);
    if (left === 0) return;
    fail({
      class: 'wrong-data',
      message:
        left < 0
          ? `The number of seats goes below zero: Redis holds ${left} when all jobs are done.`
          : `All seats are given, and Redis still holds ${left} under ${quote(key)}.`,
      next:
        left < 0
          ? 'Take no seat if none is left: a script looks first; with DECR alone, give back by INCR what was one too many.'
          : 'Take one seat for each job that is completed.',
      at: [{ names: ['reserveSeat'] }],
      expected: '0',
      seen: String(left),
    });
  }

  #failWithLost(id: string): never {
    const isForced = isWritten(this.#task.source, '$.close(true)');
    fail({
      class: 'wrong-data',
      message: `SIGTERM loses the job ${id}: ${isForced ? 'close(true) does not wait for the job that is in hand' : 'the process ends, and the job is in hand still'}.`,
      next: isForced
        ? 'Call worker.close() without true, and await it.'
        : 'Await worker.close() before you close anything that the job needs, and before any process.exit(): it lets the job that is in hand come to its end.',
      at: [{ code: '$.close(true)' }, ...listener, { calls: ['exit'] }],
      expected: 'completed',
      seen: 'active',
    });
  }

  /** A Worker that does not run by itself is made to run. */
  #expectRun(): void {
    const { source } = this.#task;
    if (!isWritten(source, 'new Worker($$$)') || isWritten(source, '$.run()')) return;
    if (!source.mentions('autorun')) return;
    fail({
      class: 'wrong-command',
      message: 'No job is worked on: the Worker has autorun: false, and nothing calls its run().',
      next: 'Call worker.run() in the route /process.',
      at: [{ route: '/process' }, worker],
    });
  }

  /** Nobody has stopped the queue itself, for all who work on it. */
  async #expectNotPaused(): Promise<void> {
    const { paused } = await this.#task.redis.hash(`bull:${queue}:meta`);
    if (paused === undefined) return;
    fail({
      class: 'wrong-data',
      message: 'The queue is paused, for every process: nobody does the jobs that wait.',
      next: 'Take queue.pause() out: worker.close() keeps this process alone from taking jobs.',
      at: { code: 'queue.pause()' },
    });
  }

  /** The job is in Redis still. */
  async #expectNotRemoved(id: string): Promise<void> {
    if ((await this.#task.redis.type(`bull:${queue}:${id}`)) !== 'none') return;
    fail({
      class: 'wrong-data',
      message: `The job ${id} is lost: it is taken out of the queue before anybody has worked on it.`,
      next: 'Take out what empties the queue: the jobs that wait are for other processes.',
      at: { calls: ['drain', 'obliterate', 'clean', 'remove', 'flushAll', 'flushDb', 'del'] },
      expected: 'waiting',
      seen: '(nothing)',
    });
  }

  #history(): Promise<QueueEvent[]> {
    return historyOf(this.#task.redis, queue);
  }

  #expectTold(history: readonly QueueEvent[], office: BoxOffice, id: string): void {
    const ends = history.filter((one) => one.id === id && isEnd(one));
    const [end] = ends;
    if (ends.length > 1) {
      fail({
        class: 'wrong-data',
        message: `The job ${id} is done twice.`,
        next: 'Let each job be taken in hand once: leave its lock alone, and await worker.close() at the end.',
        at: [worker],
        expected: 'once',
        seen: 'twice',
      });
    }
    if (end?.event !== 'failed') {
      expectLine(office, id, 'completed');
      return;
    }
    const reason = end.fields.failedReason ?? '';
    if (reason !== noSeats) expectReason(this.#task, id, reason);
    expectLine(office, id, `failed: ${noSeats}`);
  }
}

/** @throws CheckFailure always: no job is there */
async function failWithoutJob(task: Task, office: BoxOffice): Promise<never> {
  await expectAdded(task, office.running, queue);
  fail({
    class: 'wrong-data',
    message: `No job is in the queue ${quote(queue)} after a reservation.`,
    next: `Make a Queue with the name ${queue}, and await queue.add() in the route /reserve_seat.`,
    at: [{ calls: ['add'] }, { code: 'new Queue($$$)' }, { route: '/reserve_seat' }],
  });
}

function expectReason(task: Task, id: string, reason: string): never {
  const close = nearest(noSeats, [reason.replace(/^Error: /, '')]);
  if (close === undefined && /\b(?:not|of|undefined|null|ERR|closed)\b/.test(reason))
    failWithJob(task, id, reason);
  fail({
    class: 'wrong-output',
    message: `If no seat is left, the job fails with ${quote(reason)}; the task asks for ${quote(noSeats)}.`,
    next: `Throw it in the function of the Worker: throw new Error('${noSeats}').`,
    at: [{ throws: reason }, { code: 'throw new Error($)' }, worker],
    compared: [noSeats, reason],
    expected: noSeats,
    seen: reason,
  });
}

const anyLine = /^Seat reservation job #?(\S+) /;

/** The process tells of the jobs that it worked on, and of no others. */
function expectOwnLines({ running }: BoxOffice): void {
  const own = settledBy(running);
  const other = running.outputLines.find((line) => {
    const [, id] = anyLine.exec(line) ?? [];
    return id !== undefined && !own.includes(id);
  });
  if (other === undefined) return;
  const [, id = ''] = anyLine.exec(other) ?? [];
  fail({
    class: 'wrong-output',
    message: /^\d+$/.test(id)
      ? `The line ${quote(other)} is printed by a process that did not work on this job.`
      : `The line ${quote(other)} does not tell which job it is.`,
    next: /^\d+$/.test(id)
      ? 'Print it in a listener of the Worker, which tells of its own jobs; QueueEvents tell of all.'
      : 'Print job.id: the listeners of a Worker get the job first.',
    at: [{ prints: other }, { code: 'new QueueEvents($$$)' }],
    seen: running.outputLines.join('\n'),
  });
}

/** The line about a job's end is printed once. */
function expectLine({ running }: BoxOffice, id: string, end: string): void {
  const wanted = `Seat reservation job ${id} ${end}`;
  const lines = running.outputLines;
  const isWanted = (line: string) => line.replace('failed: Error: ', 'failed: ') === wanted;
  const times = lines.filter(isWanted).length;
  if (times === 1) return;
  const sides = { expected: wanted, seen: lines.join('\n') };
  if (times > 1) {
    fail({
      class: 'wrong-output',
      message: `The line ${quote(wanted)} is printed ${times} times.`,
      next: 'Listen once for each event, and let a job that gets no seat be tried once only.',
      at: [{ prints: wanted, which: 'last' }, { names: ['attempts'] }],
      ...sides,
    });
  }
  const [event = ''] = end.split(':');
  const like = lines.filter((line) => new RegExp(`\\b${id}\\b`).test(line));
  const own = settledBy(running);
  const nameless = lines.find(
    (line) => /^seat\b/i.test(line) && !own.some((one) => new RegExp(`\\b${one}\\b`).test(line)),
  );
  const got = nearest(wanted, like) ?? like[0] ?? nameless;
  if (got !== undefined) {
    fail({
      class: 'wrong-output',
      message: `Expected the line ${quote(wanted)}, but the program printed ${quote(got)}.`,
      next: /undefined|\[object/.test(got)
        ? 'The listeners of a Worker get the job first, and at “failed” the error behind it: print job.id and error.message.'
        : exactly(wanted, 'signs'),
      at: { prints: got },
      compared: [wanted, got],
      ...sides,
    });
  }
  fail({
    class: 'wrong-output',
    message: `The process that worked on the job ${id} does not print “${wanted}”.`,
    next: {
      says: `Listen to the Worker: worker.on('${event}', …).`,
      unless: `$.on('${event}', $$$)`,
      otherwise: `Let the Worker be what listens for “${event}”, and print the line there: a Queue or a job tells of nothing that a Worker does.`,
    },
    at: [{ code: `$.on('${event}', $$$)` }, worker],
    ...sides,
  });
}

function idsOf(history: readonly QueueEvent[], event: string): string[] {
  return history.filter((one) => one.event === event).map(({ id }) => id);
}

function isEnd({ event }: QueueEvent): boolean {
  return event === 'completed' || event === 'failed';
}

function stateOf(history: readonly QueueEvent[], id: string): string {
  const states = /^(?:waiting|active|delayed|stalled|completed|failed)$/;
  return history.findLast((one) => one.id === id && states.test(one.event))?.event ?? 'waiting';
}
