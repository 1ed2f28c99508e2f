import { check, fail, matching, type ProgramRun, quote, type Task } from '#grading';
import { historyOf } from '#vocabulary/bullmq/history';
import { expectBullMQ } from '#vocabulary/bullmq/library';
import { QueuePeer } from '#vocabulary/bullmq/peer';
import {
  expectAdded,
  expectLeftToOthers,
  expectNoLineBeforeJob,
  expectNotEndedByOthers,
  expectStillListening,
  waitForLines,
} from '#vocabulary/bullmq/producer';
import { loseWorkerOf, startIdsAfter } from '#vocabulary/bullmq/queue';
import { addedBy } from '#vocabulary/bullmq/scripts';
import {
  expectCompleted,
  expectPrintedBeforeEnd,
  expectStillWorking,
  expectWorking,
  waitForSettled,
} from '#vocabulary/bullmq/worker';
import { expectNotification, type Notification } from '../vocabulary/notifications/data';
import {
  anyCreated,
  createdDiagnoses,
  createdLine,
  createdWithId,
  sendingDiagnoses,
  sendingLine,
} from '../vocabulary/notifications/lines';
import { expectAlikeSent, expectSending } from '../vocabulary/notifications/sending';
import { type Ending, expectHeard } from './check/heard';

const queue = 'push_notification_code';

/**
 * The first is in the hands of a worker that dies; the last three come while the program runs, two of
 * them alike.
 */
const jobs: [Notification, ...Notification[]] = [
  { phoneNumber: '4153518780', message: 'This is the code to verify your account' },
  { phoneNumber: '+33 1 99 00 12 34', message: 'Votre code : 7788 — à bientôt' },
  { phoneNumber: '020 7946 0018', message: 'Door code 9911, valid today' },
  { phoneNumber: '5550100', message: 'Your table is ready' },
  { phoneNumber: '4153518781', message: 'This is the code to verify your account' },
  { phoneNumber: '5550100', message: 'Your table is ready' },
];

export default check({
  'today-queue': async (task) => {
    expectBullMQ(task);
    await startIdsAfter(task.redis, queue, 40);
    // Two at once: each is to tell of its own job, and hears of both.
    const [peer, ...started] = await Promise.all([
      QueuePeer.start(task, 'worker'),
      task.run(),
      task.run(),
    ]);
    await expectNoLineBeforeJob(started, createdWithId);
    for (const run of started) await waitForLines(task, run, anyCreated, 1);
    const runs = await inOrderOfAdding(task, started);
    const ids: string[] = [];
    for (const run of runs) ids.push(await idOfOnlyJob(task, run, ids));
    for (const run of runs) expectStillListening(run);

    // Jobs of other programs have their turn first, and end in both ways.
    const scripts = [{ progress: [] }, { progress: [], error: 'The line is busy' }];
    await peer.add(
      queue,
      jobs.slice(1, 3).map((data) => ({ data, options: { lifo: true } })),
    );
    await peer.work(queue, scripts);
    await Promise.all(runs.map(expectNotEndedByOthers));
    // The job that is added first need not be the one that is done first.
    const [completed, ...more] = await peer.work(queue, scripts);
    if (completed === undefined || more.length < 1) failDelayed();
    const endings: Ending[] = runs.map((run, index) => ({
      run,
      id: ids[index] ?? '',
      queue,
      event: ids[index] === completed ? 'completed' : 'failed',
    }));
    for (const ending of endings) await expectHeard(task, ending);
  },
  'today-worker': async (task) => {
    expectBullMQ(task);
    await startIdsAfter(task.redis, queue, 70);
    const peer = await QueuePeer.start(task, 'producer');
    const ids = await peer.add(
      queue,
      jobs.slice(0, 3).map((data) => ({ data })),
    );
    const [lost = ''] = await peer.take(queue, 1);
    await loseWorkerOf(task.redis, queue, lost);

    const program = await task.run();
    if (await waitForSettled(program, ids)) {
      ids.push(
        ...(await peer.add(
          queue,
          jobs.slice(3).map((data) => ({ data })),
        )),
      );
      await waitForSettled(program, ids);
    }
    await program.waitForIdle(0);
    expectWorking(task, program, queue);
    const history = await historyOf(task.redis, queue);
    expectTakenOver(
      task,
      history.some(({ event, id }) => event === 'stalled' && id === lost),
      lost,
    );
    expectStillWorking(task, program);
    expectCompleted(task, history, ids);
    expectPrintedBeforeEnd(
      program,
      new Map(jobs.map((job, index) => [ids[index] ?? '', sendingLine(job)])),
    );
    expectAlikeSent(program, jobs);
    program.expectOutput([{ anyOrder: jobs.map(sendingLine) }], {
      diagnoses: sendingDiagnoses(jobs),
    });
    expectSending(task);
  },
});

/** The id of the one job that a run has added: new, with the task’s data, and told. */
async function idOfOnlyJob(
  task: Task,
  run: ProgramRun,
  others: readonly string[],
): Promise<string> {
  const added = await expectAdded(task, run, queue);
  await expectLeftToOthers(task, queue);
  const [job, ...more] = added;
  if (!job || more.length > 0) {
    fail({
      class: 'wrong-data',
      message: `The program adds ${added.length} jobs; the task asks for one.`,
      next: 'Call queue.add() once.',
      at: { calls: ['add', 'addBulk'] },
    });
  }
  if (others.includes(job.id)) {
    fail({
      class: 'wrong-data',
      message: `The second run’s job takes the place of the first run’s: both have the id ${quote(job.id)}.`,
      next: 'Leave jobId out of the options: the queue counts the ids by itself.',
      at: [{ names: ['jobId'] }, { calls: ['add'] }],
    });
  }
  expectNotification(job.data);
  expectPatience(task, run);
  run.expectOutput([createdLine(job.id)], { diagnoses: createdDiagnoses([job.id]) });
  return job.id;
}

/** It does not give its job up while nobody has settled it. */
function expectPatience({ source }: Task, run: ProgramRun): void {
  const [limited] = matching(source, '$.waitUntilFinished($, $)');
  if (!limited || !run.outputLines.includes('Notification job failed')) return;
  fail({
    class: 'wrong-output',
    message:
      'The time limit of waitUntilFinished() is over before the job is settled, and the program takes that for a failure.',
    next: 'Leave the second argument out: await job.waitUntilFinished(events).',
    line: source.lineOf(limited),
    seen: run.outputLines.join('\n'),
  });
}

/** Which of the two came first is a matter of luck; one that added nothing stands before the others. */
async function inOrderOfAdding(task: Task, runs: ProgramRun[]): Promise<ProgramRun[]> {
  const added = (await historyOf(task.redis, queue)).filter(({ event }) => event === 'added');
  const place = (run: ProgramRun) => added.findIndex(({ id }) => id === addedBy(run)[0]);
  return runs.sort((one, other) => place(one) - place(other));
}

function failDelayed(): never {
  fail({
    class: 'wrong-data',
    message: 'No worker gets the job now: it is added with a delay, or to a queue that is paused.',
    next: 'Take delay, or the call of pause(), out.',
    at: [{ names: ['delay'] }, { calls: ['pause'] }, { calls: ['add'] }],
  });
}

function expectTakenOver(task: Task, seen: boolean, id: string): void {
  if (seen) return;
  task.fail({
    class: 'wrong-data',
    message: `The job ${id}, whose worker has died, is not taken over: nobody looks for stalled jobs.`,
    next: 'Leave the Worker to look for them: take out skipStalledCheck, or call run() in place of getNextJob().',
    at: [{ names: ['skipStalledCheck'] }, { calls: ['getNextJob'] }, { code: 'new Worker($$$)' }],
  });
}
