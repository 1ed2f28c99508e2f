import { check } from '#grading';
import { explainSlips } from '#vocabulary/redis/client-slips';
import { connectedLine, explainListeners } from '../vocabulary/connected-line';
import { expectRefusalLine } from '../vocabulary/connection-lines';

export default check({
  '0-redis_client': async (task) => {
    task.explainBy(explainSlips(task, 'callback'), explainListeners(task));
    const reached = await task.run();
    const refused = await task.run({ redisDown: true });
    // What cannot be read has no imports that could be asked for.
    await reached.waitUntilIdle();
    reached.expectParsed();
    task.source.expectImport('redis');
    await reached.waitUntilSettled();
    reached.expectOutput([connectedLine]);
    await expectRefusalLine(task, refused);
  },
});
