import { check } from '#grading';
import { connected, saysItIsNotConnected } from '../vocabulary/connection-lines';

export default check({
  '0-redis_client': async (task) => {
    const reached = await task.run();
    const refused = await task.run({ redisDown: true });
    // What cannot be read has no imports that could be asked for.
    await reached.comesToRest();
    reached.isRead();
    task.source.imports('redis');
    await reached.settles();
    reached.prints([connected], {
      next: 'Print it in a listener for “connect” on the client, to the letter.',
    });
    await saysItIsNotConnected(task, refused);
  },
});
