import { load } from '#vocabulary/http/load';
import { jobsIn } from '#vocabulary/kue/jobs';

/** Everybody wants a seat at the same moment, while the queue is processed; completed jobs have one. */
export default load(async (generator) => {
  await generator.askEach('/process');
  await generator.ask(() => '/reserve_seat');
  await generator.waitForIdle();
  const jobs = await jobsIn(generator.redis);
  const given = jobs.filter((job) => job.type === 'reserve_seat' && job.state === 'complete');
  return [{ what: 'seats', there: 50, given: given.length }];
});
