import { check } from '#grading';
import { expectNoWorkerCrash } from '#vocabulary/kue/crash';
import { expectAllEnded, expectEndedOnce } from '#vocabulary/kue/job-ends';
import { expectKue } from '#vocabulary/kue/library';
import { QueuePeer } from '#vocabulary/kue/peer';
import { startIdsAfter } from '#vocabulary/kue/producer';
import {
  expectFunctionInUse,
  expectProcessing,
  expectStillWorking,
  waitForJobs,
} from '#vocabulary/kue/worker';
import { expectNotified } from '../vocabulary/notifications/finished-jobs';
import { expectOnlySent } from '../vocabulary/notifications/sent-line';

const type = 'push_notification_code';

/** Jobs that wait before the program starts, and jobs that come while it runs. */
const waiting = [
  { phoneNumber: '4153518780', message: 'This is the code to verify your account' },
  { phoneNumber: '+33 1 99 00 12 34', message: 'Votre code : 7788 — à bientôt' },
  { phoneNumber: '020 7946 0018', message: 'Door code 9911, valid today' },
];
const later = [
  { phoneNumber: '5550100', message: 'Your table is ready' },
  { phoneNumber: '4153518780', message: 'This is the code to verify your account' },
];

export default check({
  '6-job_processor': async (task) => {
    expectKue(task);
    await startIdsAfter(task.redis, 70);
    const creator = await QueuePeer.start(task, 'creator');
    const ids = await creator.create(type, waiting);
    const sent = [...waiting];

    const program = await task.run();
    if (await waitForJobs(program, ids)) {
      ids.push(...(await creator.create(type, later)));
      sent.push(...later);
      await waitForJobs(program, ids);
    }
    await program.waitForIdle();
    expectNoWorkerCrash(task, program, ['phoneNumber', 'message']);

    expectProcessing(task, program, type);
    expectOnlySent(task, program, sent);
    expectEndedOnce(task, program, ids);
    await expectAllEnded(task, program, ids);
    expectNotified(
      task,
      program,
      sent.map((data, index) => ({ id: ids[index] ?? 0, data })),
    );
    expectStillWorking(program);
    expectFunctionInUse(task, 'sendNotification', ['phoneNumber', 'message']);
  },
});
