import { check } from '#grading';
import { Player, type Story } from '#vocabulary/kue/peer';
import {
  idsGoOnAfter,
  savedJobs,
  savesOnce,
  staysToHear,
  tellsOfJobs,
} from '#vocabulary/kue/producer';
import { isCreatedLine, tellsCreated } from '../vocabulary/notifications/created-line';
import { carryAll } from '../vocabulary/notifications/data';
import { linesToldOf, tellsOfAll } from '../vocabulary/notifications/followed-jobs';

const type = 'push_notification_code_2';

const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4159518782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4158718781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153818782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4154318781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4151218782', message: 'This is the code 4321 to verify your account' },
];

/** What a processor makes of them: other percentages and errors than the course's own. */
const stories: Story[] = [
  { progress: [0, 50] },
  { progress: [0], error: 'Phone number 4153518781 is blacklisted' },
  { progress: [5, 35, 80] },
  { progress: [], error: 'The line is busy' },
  { progress: [0, 50] },
  { progress: [] },
  { progress: [0, 25, 75], error: 'No network: try again (code 17)' },
  { progress: [99] },
  { progress: [0, 50] },
  { progress: [1], error: 'The line is busy' },
  { progress: [0, 10, 20] },
];

export default check({
  '7-job_creator': async (task) => {
    // From 96 on, so that the ids go from two digits to three.
    await idsGoOnAfter(task.redis, 95);
    const processor = await Player.start(task, 'processor');
    const program = await task.run();
    await tellsOfJobs(program, jobs.length, isCreatedLine);

    const saved = await savedJobs(task, program, type);
    savesOnce(task, program, jobs.length);
    carryAll(task, saved, jobs);
    const ids = saved.map((job) => job.id);
    tellsCreated(task, program, ids);
    staysToHear(program);

    const followed = ids.map((id, index) => ({ id, story: stories[index] ?? { progress: [] } }));
    await processor.works(type, stories);
    await program.until(() => program.everything.length >= linesToldOf(followed), { timers: 0 });
    await program.rests(0);
    program.survived();
    tellsOfAll(task, program, followed);
  },
});
