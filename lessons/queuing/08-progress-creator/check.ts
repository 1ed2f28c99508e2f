import { check } from '#grading';
import { expectKue } from '#vocabulary/kue/library';
import { type JobScript, QueuePeer } from '#vocabulary/kue/peer';
import {
  expectSavedJobs,
  expectSavedOnce,
  expectStillListening,
  startIdsAfter,
  waitForCreatedJobs,
} from '#vocabulary/kue/producer';
import { expectCreatedLines, isCreatedLine } from '../vocabulary/notifications/created-line';
import { expectData } from '../vocabulary/notifications/data';
import { expectAllFollowed, lineCountOf } from '../vocabulary/notifications/followed-jobs';

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
const scripts: JobScript[] = [
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
    expectKue(task);
    // From 96 on, so that the ids go from two digits to three.
    await startIdsAfter(task.redis, 95);
    const processor = await QueuePeer.start(task, 'processor');
    const program = await task.run();
    await waitForCreatedJobs(task, program, jobs.length, isCreatedLine);

    const saved = await expectSavedJobs(task, program, type);
    expectSavedOnce(task, program, jobs.length);
    expectData(task, saved, jobs);
    const ids = saved.map((job) => job.id);
    expectCreatedLines(task, program, ids);
    expectStillListening(program);

    const followed = ids.map((id, index) => ({ id, script: scripts[index] ?? { progress: [] } }));
    await processor.work(type, scripts);
    await program.waitUntil(() => program.outputLines.length >= lineCountOf(followed), {
      timers: 0,
    });
    await program.waitForIdle(0);
    program.expectNoCrash();
    expectAllFollowed(task, program, followed);
  },
});
