import { check } from '#grading';
import { allEnd, endOnce, neverMoreActive } from '#vocabulary/kue/job-ends';
import { Player } from '#vocabulary/kue/peer';
import { idsGoOnAfter } from '#vocabulary/kue/producer';
import {
  asksForJobs,
  callsItsFunction,
  processes,
  settles,
  staysToWork,
  waitAtATime,
} from '#vocabulary/kue/worker';
import { areNotified } from '../vocabulary/notifications/finished-jobs';
import { inTheirPlaces, sendsOnly } from '../vocabulary/notifications/sent-line';
import { areNotNotified, areRefused, blacklistsOnly } from './check/blacklist';
import { tellProgress } from './check/progress';

const type = 'push_notification_code_2';

/** How many jobs are to be in hand at the same time. */
const places = 2;

const blacklist = ['4153518780', '4153518781'];

/** The two that are refused among others, two of which are like them but for a digit more or less. */
const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '41535187810', message: 'Votre code : 7788 — à bientôt' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '+44 20 7946 0018', message: 'Door code 9911, valid today' },
  { phoneNumber: '415351878', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153518780', message: 'Your table is ready' },
];

export default check({
  '7-job_processor': async (task) => {
    await idsGoOnAfter(task.redis, 95);
    const creator = await Player.start(task, 'creator');
    const program = await task.run();
    await asksForJobs(task, program);
    processes(task, program, type);
    waitAtATime(task, program, type, places);

    const ids = await creator.creates(type, jobs);
    await settles(program, ids);
    await program.rests();

    const all = jobs.map((data, index) => ({ id: ids[index] ?? 0, data }));
    const refused = all.filter(({ data }) => blacklist.includes(data.phoneNumber));
    const others = all.filter(({ data }) => !blacklist.includes(data.phoneNumber));

    areNotNotified(task, program, refused);
    inTheirPlaces(task, program, jobs);
    endOnce(task, program, ids);
    areRefused(task, program, refused);
    sendsOnly(task, program, jobs);
    await allEnd(task, program, ids);
    areNotified(task, program, others);
    tellProgress(task, program, [
      ...refused.map((job) => ({ ...job, percentages: [0] })),
      ...others.map((job) => ({ ...job, percentages: [0, 50] })),
    ]);
    neverMoreActive(program, places);
    waitAtATime(task, program, type, places);
    staysToWork(program);
    blacklistsOnly(task, blacklist);
    callsItsFunction(task, 'sendNotification', ['phoneNumber', 'message', 'job', 'done']);
  },
});
