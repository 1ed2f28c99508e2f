import { check } from '../../runner/grader/check';
import { connected, saysItIsNotConnected } from '../../runner/grader/connecting';

export default check({
  '0-redis_client': async (task) => {
    task.source.imports('redis');

    const reached = await task.run();
    const refused = await task.run({ redisDown: true });
    await reached.settles();
    reached.prints([connected], {
      next: 'Print it in a listener for “connect” on the client, to the letter.',
    });
    await saysItIsNotConnected(task, refused);
  },
});
