import { check } from '#grading';
import { expectNoticed } from '#vocabulary/testing/mutants';
import { expectOnceAnHour } from './check/asking';
import {
  expectAddedInBulk,
  expectCallable,
  expectJobsGiven,
  expectRefusals,
} from './check/job-functions';
import { expectBothKinds, expectPassOnRight } from './check/job-tests';
import { brokenJob } from './check/mutants';
import { probedJobs } from './check/probed';
import { expectStored } from './check/stored';

export default check({
  'today-job': async (task) => {
    const report = await expectCallable(task);
    expectRefusals(task, report, 'Jobs is not an array');
    expectAddedInBulk(task, report, probedJobs.length);
    expectJobsGiven(report, await expectStored(task, report));
    await expectOnceAnHour(task, report);
  },
  'today-job.test': async (task) => {
    const subject = await expectPassOnRight(task);
    expectBothKinds(task);

    // The tests are tested: each of these is one thing broken in the learner's own functions.
    await expectNoticed(task, subject, brokenJob, {
      each: [
        'no-refusal',
        'job-lost',
        'wrong-data',
        'always-true',
        'one-for-all',
        'stays-for-ever',
      ],
      welcome: ['wrong-text', 'wrong-name'],
    });
  },
});
