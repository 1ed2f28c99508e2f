import { check } from '#grading';
import { expectKueRestored, expectPassOnRight, expectTests } from './check/job-tests';
import { expectNoticed } from './check/mutants';

export default check({
  '8-job.test': async (task) => {
    const { subject, run } = await expectPassOnRight(task);
    expectTests(task, run);
    expectKueRestored(task, run);

    // The tests are tested: each of these is one thing broken in the learner's own function.
    await expectNoticed(task, subject, {
      each: ['no-throw', 'nothing-saved', 'job-lost'],
      oneOf: ['wrong-queue', 'wrong-data'],
      welcome: ['wrong-text'],
    });
  },
});
