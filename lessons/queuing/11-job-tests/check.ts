import { check } from '#grading';
import { expectNoticed } from '#vocabulary/testing/mutants';
import { expectTests } from '#vocabulary/testing/some-tests';
import { expectKueRestored, expectPassOnRight } from './check/job-tests';
import { brokenJob } from './check/mutants';

export default check({
  '8-job.test': async (task) => {
    const { subject, run } = await expectPassOnRight(task);
    expectTests(task, run);
    expectKueRestored(task, run);

    // The tests are tested: each of these is one thing broken in the learner's own function.
    await expectNoticed(task, subject, brokenJob, {
      each: ['no-throw', 'nothing-saved', 'job-lost'],
      oneOf: ['wrong-queue', 'wrong-data'],
      welcome: ['wrong-text'],
    });
  },
});
