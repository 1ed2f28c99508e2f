import { check } from '#grading';
import { allEnd, endOnce } from '#vocabulary/kue/job-ends';
import { Player } from '#vocabulary/kue/peer';
import { idsGoOnAfter } from '#vocabulary/kue/producer';
import { callsItsFunction, processes, settles, staysToWork } from '#vocabulary/kue/worker';
import { areNotified } from '../vocabulary/notifications/finished-jobs';
import { sendsOnly } from '../vocabulary/notifications/sent-line';

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
    await idsGoOnAfter(task.redis, 70);
    const creator = await Player.start(task, 'creator');
    const ids = await creator.creates(type, waiting);
    const sent = [...waiting];

    const program = await task.run();
    if (await settles(program, ids)) {
      ids.push(...(await creator.creates(type, later)));
      sent.push(...later);
      await settles(program, ids);
    }
    await program.rests();
    program.survived();

    processes(task, program, type);
    sendsOnly(task, program, sent);
    endOnce(task, program, ids);
    await allEnd(task, program, ids);
    areNotified(
      task,
      program,
      sent.map((data, index) => ({ id: ids[index] ?? 0, data })),
    );
    staysToWork(program);
    callsItsFunction(task, 'sendNotification', ['phoneNumber', 'message']);
  },
});
