import { check } from '#grading';
import { connectedLine, expectRefusalLine } from '../vocabulary/connection-lines';

export default check({
  '0-redis_client': async (task) => {
    const reached = await task.run();
    const refused = await task.run({ redisDown: true });
    // What cannot be read has no imports that could be asked for.
    await reached.waitUntilIdle();
    reached.expectParsed();
    task.source.expectImport('redis');
    await reached.waitUntilSettled();
    reached.expectOutput([connectedLine], {
      next: 'Print it in a listener for “connect” on the client, to the letter.',
    });
    await expectRefusalLine(task, refused);
  },
});
