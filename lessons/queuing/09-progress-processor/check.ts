import { check } from '#grading';
import { expectAllEnded, expectAtMostActive, expectEndedOnce } from '#vocabulary/kue/job-ends';
import { expectKue } from '#vocabulary/kue/library';
import { QueuePeer } from '#vocabulary/kue/peer';
import { startIdsAfter } from '#vocabulary/kue/producer';
import {
  expectConcurrency,
  expectFunctionInUse,
  expectProcessing,
  expectStillWorking,
  waitForJobs,
  waitUntilReady,
} from '#vocabulary/kue/worker';
import { expectNotified } from '../vocabulary/notifications/finished-jobs';
import {
  expectArgumentOrder,
  expectFilledIn,
  expectOnlySent,
  sendingLine,
} from '../vocabulary/notifications/sent-line';
import { expectBlacklist, expectNotNotified, expectRefused } from './check/blacklist';
import { expectProgress } from './check/progress';

const type = 'push_notification_code_2';

/** How many jobs are to be in hand at the same time. */
const places = 2;

const blacklist = ['4153518780', '4153518781'];

/** One that is notified. */
const ordinary = {
  phoneNumber: '4153518743',
  message: 'This is the code 4321 to verify your account',
};

/** The two that are refused among others, two of which are like them but for a digit more or less. */
const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  ordinary,
  { phoneNumber: '41535187810', message: 'Votre code : 7788 — à bientôt' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '+44 20 7946 0018', message: 'Door code 9911, valid today' },
  { phoneNumber: '415351878', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153518780', message: 'Your table is ready' },
];

export default check({
  '7-job_processor': async (task) => {
    expectKue(task);
    await startIdsAfter(task.redis, 95);
    const creator = await QueuePeer.start(task, 'creator');
    const program = await task.run();
    await waitUntilReady(task, program);
    expectProcessing(task, program, type);
    expectConcurrency(task, program, type, places);
    expectFunctionInUse(task, 'sendNotification', ['phoneNumber', 'message', 'job', 'done']);

    const ids = await creator.create(type, jobs);
    await waitForJobs(program, ids);
    await program.waitForIdle();

    const all = jobs.map((data, index) => ({ id: ids[index] ?? 0, data }));
    const refused = all.filter(({ data }) => blacklist.includes(data.phoneNumber));
    const others = all.filter(({ data }) => !blacklist.includes(data.phoneNumber));

    expectNotNotified(task, program, refused);
    expectArgumentOrder(task, program, jobs);
    expectFilledIn(task, program, jobs);
    expectEndedOnce(task, program, ids);
    expectRefused(task, program, refused);
    expectOnlySent(task, program, jobs);
    await expectAllEnded(task, program, ids, { prints: sendingLine(ordinary) });
    expectNotified(task, program, others);
    expectProgress(task, program, [
      ...refused.map((job) => ({ ...job, percentages: [0] })),
      ...others.map((job) => ({ ...job, percentages: [0, 50] })),
    ]);
    expectAtMostActive(program, places);
    expectConcurrency(task, program, type, places);
    expectStillWorking(program);
    expectBlacklist(task, blacklist);
  },
});
