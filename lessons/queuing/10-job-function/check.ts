import { check } from '#grading';
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
import { readsItselfWhileSaving } from '../vocabulary/self-reads';
import { expectName, expectNoCall, expectQueueInUse } from './check/function-contract';
import { callWith, expectArraysOnly } from './check/module-probe';

const type = 'push_notification_code_3';

/** Jobs that stand in no text, so that a function that ignores its argument is found. */
const jobs = [
  { phoneNumber: '5550100', message: 'The code 7788 opens the door' },
  { phoneNumber: '5550101', message: 'Your parcel waits at counter 12' },
  { phoneNumber: '5550102', message: 'Happy birthday!' },
  // One number in two objects, neither of which is the first or the last.
  { phoneNumber: '5550101', message: 'The door is open' },
  // More than anybody takes for the most there can be.
  ...Array.from({ length: 8 }, (_, index) => ({
    phoneNumber: `${5550110 + index}`,
    message: `Your table ${index + 1} is ready`,
  })),
];

const first: JobScript[] = [
  { progress: [0, 45] },
  { progress: [10], error: 'The line is busy' },
  { progress: [20, 80] },
];
const scripts = jobs.map((_, index): JobScript => first[index] ?? { progress: [] });

export default check({
  '8-job': async (task) => {
    const report = await expectArraysOnly(task, 'Jobs is not an array');
    await task.redis.clear();

    await startIdsAfter(task.redis, 8);
    const processor = await QueuePeer.start(task, 'processor');
    const caller = await callWith(task, jobs);
    await waitForCreatedJobs(task, caller, jobs.length, isCreatedLine);
    const saved = await expectSavedJobs(task, caller, type);
    if (saved.length > jobs.length) expectNoCall(task);
    expectSavedOnce(task, caller, jobs.length);
    expectData(task, saved, jobs, 'argument');
    const ids = saved.map((job) => job.id);
    expectCreatedLines(task, caller, ids);
    expectStillListening(caller);

    const followed = ids.map((id, index) => ({ id, script: scripts[index] ?? { progress: [] } }));
    await processor.work(type, scripts);
    await caller.waitUntil(() => caller.outputLines.length >= lineCountOf(followed), { timers: 0 });
    await caller.waitForIdle(0);
    caller.expectNoCrash(task.file);
    expectAllFollowed(task, caller, followed);
    expectQueueInUse(task, report);
    expectName(task, report);
    const selfRead = readsItselfWhileSaving(task.file);
    if (selfRead !== undefined) task.advise(selfRead);
  },
});
