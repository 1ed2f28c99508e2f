import { anyOrder, check, fail } from '#grading';
import { historyOf } from '#vocabulary/bullmq/history';
import { expectBullMQ } from '#vocabulary/bullmq/library';
import { type JobScript, QueuePeer } from '#vocabulary/bullmq/peer';
import {
  expectAdded,
  expectLeftToOthers,
  expectNoLineBeforeJob,
  expectNotEndedByOthers,
  expectStillListening,
  waitForLines,
} from '#vocabulary/bullmq/producer';
import { jobIn, lastErrorOf, startIdsAfter } from '#vocabulary/bullmq/queue';
import {
  expectAtOnce,
  expectCompleted,
  expectPrintedBeforeEnd,
  expectStillWorking,
  expectWorking,
  waitForSettled,
} from '#vocabulary/bullmq/worker';
import { expectEach, expectNothingElse, type Notification } from '../vocabulary/notifications/data';
import {
  anyCreated,
  createdDiagnoses,
  createdLine,
  createdWithId,
  sendingDiagnoses,
  sendingLine,
} from '../vocabulary/notifications/lines';
import { expectAlikeSent, expectSending } from '../vocabulary/notifications/sending';
import {
  expectBusy,
  expectFailedTwice,
  expectOneTry,
  expectProgress,
  expectRefused,
  expectReportBeforeSending,
} from './check/attempts';
import { expectFollowed } from './check/followed';
import { expectNewIds } from './check/new-ids';
import { expectOptions } from './check/options';

const queue = 'push_notification_code_2';

const asked: Notification[] = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '5553538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
];

/** What a worker makes of them: other percentages and errors than the task's own. */
const scripts: JobScript[] = [
  { progress: [0, 50] },
  { progress: [0], error: 'Phone number 4153518781 is blacklisted' },
  { progress: [5, 35, 35, 80] },
  { progress: [], error: 'The line is busy' },
  { progress: [] },
  { progress: [0, 25, 75], error: 'No network: try again (code 17)' },
];

/** The jobs of another program: half of them fail. */
const others: JobScript[] = asked.map((_, index) => ({
  progress: [],
  ...(index % 2 === 0 ? {} : { error: 'The number is engaged' }),
}));

/**
 * Jobs of each kind: two ordinary numbers are like refused ones but for a digit more or less, and one
 * begins like a busy number for two digits and has all three in its middle.
 */
const refused: Notification[] = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
];
const ordinary: Notification[] = [
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '41535187810', message: 'Votre code : 7788 — à bientôt' },
  { phoneNumber: '+44 20 7946 0018', message: 'Door code 9911, valid today' },
  { phoneNumber: '415351878', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '5541555010', message: 'Your table is ready' },
  // Somebody asked for the same again.
  { phoneNumber: '415351878', message: 'This is the code 4321 to verify your account' },
];
/** One number in two jobs. */
const busy: Notification[] = [
  { phoneNumber: '5553538781', message: 'Your parcel is here' },
  { phoneNumber: '5553538781', message: 'Your parcel is still here' },
];

const options = { attempts: 3, backoff: { type: 'exponential', delay: 50 } };
/** With more attempts the line is free at the third one all the same. */
const patient = { ...options, attempts: 5 };

export default check({
  'today-notifications': async (task) => {
    expectBullMQ(task);
    // From 96 on, so that the ids go from two digits to three.
    await startIdsAfter(task.redis, queue, 95);
    const [peer, program] = await Promise.all([QueuePeer.start(task, 'worker'), task.run()]);
    await expectNoLineBeforeJob([program], createdWithId);
    await waitForLines(task, program, anyCreated, asked.length);
    const jobs = await expectAdded(task, program, queue);
    await expectLeftToOthers(task, queue);
    expectEach(jobs, asked);
    expectNewIds(jobs);
    expectOptions(jobs);
    expectNothingElse(jobs);
    const ids = jobs.map(({ id }) => id);
    program.expectOutput([anyOrder(...ids.map(createdLine))], { diagnoses: createdDiagnoses(ids) });
    expectStillListening(program);

    // As many jobs of other programs have their turn first.
    await peer.add(
      queue,
      asked.map((data) => ({ data, options: { lifo: true } })),
    );
    await peer.work(queue, others);
    await expectNotEndedByOthers(program);
    // It may tell of those as well, or of its own alone.
    const tellsOfAll = program.outputLines.length > ids.length;

    const taken = await peer.work(queue, scripts);
    if (taken.length < scripts.length) failDelayed();
    const history = await historyOf(task.redis, queue);
    const followed = history.filter(({ id }) => tellsOfAll || ids.includes(id));
    await expectFollowed(task, program, ids, followed);
  },
  'today-notifications-worker': async (task) => {
    expectBullMQ(task);
    await startIdsAfter(task.redis, queue, 70);
    const peer = await QueuePeer.start(task, 'producer');
    const all = [...refused, ...ordinary, ...busy];
    const ids = await peer.add(
      queue,
      all.map((data) => ({ data, options: busy.includes(data) ? patient : options })),
    );
    const idsOf = (some: readonly Notification[]) =>
      some.map((one) => ({ ...one, id: ids[all.indexOf(one)] ?? '' }));

    const program = await task.run();
    await waitForSettled(program, ids);
    await program.waitForIdle(0);
    expectWorking(task, program, queue);
    const history = await historyOf(task.redis, queue);
    const sent = [...ordinary, ...busy];
    for (const job of idsOf(refused)) expectRefused(task, history, job);
    const told = (id: string) => lastErrorOf(task.redis, queue, id);
    for (const job of idsOf(busy)) {
      expectBusy(task, history, job, await told(job.id));
      expectFailedTwice(await jobIn(task.redis, queue, job.id));
    }
    expectCompleted(
      task,
      history,
      idsOf(ordinary).map(({ id }) => id),
    );
    for (const { id } of idsOf(ordinary)) expectProgress(history, id);
    expectReportBeforeSending(task);
    for (const job of idsOf(ordinary)) expectOneTry(history, job, await told(job.id));
    expectAtOnce(task, history, 2);
    const lines = idsOf(sent).map((job): [string, string] => [job.id, sendingLine(job)]);
    expectPrintedBeforeEnd(program, new Map(lines));
    expectAlikeSent(program, sent);
    program.expectOutput([anyOrder(...sent.map(sendingLine))], {
      diagnoses: sendingDiagnoses(sent),
    });
    expectStillWorking(task, program);
    expectSending(task);
  },
});

function failDelayed(): never {
  fail({
    class: 'wrong-data',
    message:
      'No worker gets the jobs now: they are added with a delay, or to a queue that is paused.',
    next: 'Take the option delay of the job, or the call of pause(), out.',
    at: [{ calls: ['pause'] }, { calls: ['add', 'addBulk'] }],
  });
}
