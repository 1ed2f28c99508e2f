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
import { isNamed, usesWhatItGets } from './check/function-contract';
import { callWith, refusesAllButArrays } from './check/module-probe';

const type = 'push_notification_code_3';

/** Jobs that stand in no text, so that a function that ignores its argument is found. */
const jobs = [
  { phoneNumber: '5550100', message: 'The code 7788 opens the door' },
  { phoneNumber: '5550101', message: 'Your parcel waits at counter 12' },
  { phoneNumber: '5550102', message: 'Happy birthday!' },
  { phoneNumber: '5550100', message: 'The door is open' },
  // More than anybody takes for the most there can be.
  ...Array.from({ length: 8 }, (_, index) => ({
    phoneNumber: `${5550110 + index}`,
    message: `Your table ${index + 1} is ready`,
  })),
];

const first: Story[] = [
  { progress: [0, 45] },
  { progress: [10], error: 'The line is busy' },
  { progress: [20, 80] },
];
const stories = jobs.map((_, index): Story => first[index] ?? { progress: [] });

export default check({
  '8-job': async (task) => {
    const told = await refusesAllButArrays(task, 'Jobs is not an array');
    await task.redis.clear();

    await idsGoOnAfter(task.redis, 8);
    const processor = await Player.start(task, 'processor');
    const caller = await callWith(task, jobs);
    await tellsOfJobs(caller, jobs.length, isCreatedLine);
    const saved = await savedJobs(task, caller, type);
    savesOnce(task, caller, jobs.length);
    carryAll(task, saved, jobs, 'argument');
    const ids = saved.map((job) => job.id);
    tellsCreated(task, caller, ids);
    staysToHear(caller);

    const followed = ids.map((id, index) => ({ id, story: stories[index] ?? { progress: [] } }));
    await processor.works(type, stories);
    await caller.until(() => caller.everything.length >= linesToldOf(followed), { timers: 0 });
    await caller.rests(0);
    caller.survived(task.file);
    tellsOfAll(task, caller, followed);
    usesWhatItGets(task, told);
    isNamed(task, told);
  },
});
