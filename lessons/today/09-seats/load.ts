import { historyOf } from '#vocabulary/bullmq/history';
import { load } from '#vocabulary/http/load';

/** Everybody wants a seat at the same moment, while the queue is processed; completed jobs have one. */
export default load(async (generator) => {
  await generator.askEach('/process');
  await generator.ask(() => '/reserve_seat');
  await generator.waitForIdle();
  const history = await historyOf(generator.redis, 'reserve_seat');
  const given = history.filter(({ event }) => event === 'completed').length;
  return [{ what: 'seats', there: 50, given }];
});
