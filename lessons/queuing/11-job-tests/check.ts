import { check } from '#grading';
import { leavesKueAsItWas, passesOnARightOne, testsSomething } from './check/job-tests';
import { notice } from './check/mutants';

export default check({
  '8-job.test': async (task) => {
    const { subject, run } = await passesOnARightOne(task);
    testsSomething(run);
    leavesKueAsItWas(task, run);

    // The tests are tested: each of these is one thing broken in the learner's own function.
    await notice(task, subject, [
      'no-throw',
      'wrong-text',
      'nothing-saved',
      'job-lost',
      'wrong-queue',
      'wrong-data',
    ]);
  },
});
