import { check, naming, type OutputDiagnosis, type Task } from '#grading';
import { expectKue } from '#vocabulary/kue/library';
import { failUnheard } from '#vocabulary/kue/listeners';
import { type JobScript, QueuePeer } from '#vocabulary/kue/peer';
import {
  expectSavedJobs,
  expectSavedOnce,
  expectStillListening,
  startIdsAfter,
  waitForCreatedJobs,
} from '#vocabulary/kue/producer';
import {
  createdLine,
  expectCreatedLines,
  isCreatedLine,
} from '../vocabulary/notifications/created-line';
import { expectNotification } from '../vocabulary/notifications/data';

const type = 'push_notification_code';

const completed = 'Notification job completed';
const failed = 'Notification job failed';

export default check({
  '6-job_creator': async (task) => {
    expectKue(task);
    await startIdsAfter(task.redis, 40);
    const processor = await QueuePeer.start(task, 'processor');

    const first = await createsAJob(task);
    await first.hears(processor, { progress: [100] }, 'complete', completed, failed);

    const second = await createsAJob(task, first.id);
    const error = 'The line is busy';
    await second.hears(processor, { progress: [], error }, 'failed', failed, completed);
  },
});

/** Runs the program up to its created line; with another run's id, this one's must be higher. */
async function createsAJob(task: Task, before?: number) {
  const program = await task.run();
  await waitForCreatedJobs(task, program, 1, isCreatedLine);
  const jobs = (await expectSavedJobs(task, program, type)).filter(({ id }) => id !== before);
  expectSavedOnce(task, program, 1);
  const [job] = jobs;
  if (!job || jobs.length > 1 || (before !== undefined && job.id <= before)) {
    return task.fail({
      class: 'wrong-data',
      message: job
        ? jobs.length > 1
          ? `The program creates ${jobs.length} jobs; the task asks for one.`
          : `The second run’s job has the id ${job.id}, which is no higher than the first run’s, ${before}.`
        : `The second run’s job takes the place of the first run’s: both have the id ${before}.`,
      next:
        job && jobs.length > 1
          ? 'Call queue.create() once.'
          : 'Leave the jobs of earlier runs in Redis: do not empty it.',
    });
  }
  expectNotification(task, job);
  expectCreatedLines(task, program, [job.id]);
  expectStillListening(program);

  return {
    id: job.id,
    /** Lets the job come to its end: the program prints that one line, and no other. */
    async hears(
      processor: QueuePeer,
      script: JobScript,
      event: string,
      line: string,
      other: string,
    ) {
      await processor.work(type, [script]);
      await program.waitUntil(() => program.outputLines.includes(line), { timers: 0 });
      await program.waitForIdle(0);
      program.expectNoCrash();
      if (program.outputLines.length === 1) failUnheard(task, program, event, line);
      program.expectOutput([createdLine(job.id), line], {
        diagnoses: [takesFor(task, event, line, other)],
      });
      await program.stop();
    },
  };
}

function takesFor(task: Task, event: string, line: string, other: string): OutputDiagnosis {
  return {
    pattern: new RegExp(`^${other}$`),
    message: `The job ${event === 'failed' ? 'failed' : 'was completed'}, but the program prints “${other}”.`,
    next: `Print “${line}” in the listener for “${event}”, and the other line in a listener of its own.`,
    line: naming(task.source, event),
  };
}
