import { check, type Task, ts } from '#grading';
import { expectGivenUp, expectReportedRefusals, expectStrategy } from './check/refusals';

const connectedLine = 'Redis client connected to the server';
const replyLine = 'Reply: PONG';

export default check({
  'today-client': async (task) => {
    const reached = await task.run();
    const refused = await task.run({ redisDown: true });
    await reached.waitUntilIdle();
    reached.expectParsed();
    if (!task.source.uses('redis')) task.source.expectImport('redis');
    if (task.source.countCalls('connect') === 0) {
      task.fail({
        class: 'wrong-command',
        message: 'The client is never connected: nothing calls connect().',
        next: 'Connect it before the first command: await client.connect().',
        at: { calls: ['createClient'] },
      });
    }
    expectNoCallback(task);
    await reached.waitUntilSettled();
    reached.expectOutput([connectedLine, replyLine]);
    reached.expectSent(['PING'], 'Send it, and log what comes: await client.ping().');
    await reached.expectExit(
      'after the reply',
      {
        says: 'Close the client when the reply has come: await client.close().',
        unless: ['$.close()', '$.destroy()', '$.quit()', '$.disconnect()', '$.QUIT()'],
        otherwise: 'See that the line that closes the client is reached, after the reply.',
      },
      { at: { calls: ['connect'] } },
    );
    expectStrategy(task);
    await expectGivenUp(task, refused, connectedLine);
    expectReportedRefusals(task, refused);
  },
});

/** @throws CheckFailure if a command is given a callback, which redis 6 never calls */
function expectNoCallback(task: Task): void {
  const call = task.source
    .calls('ping')
    .find((one) => one.arguments.some((given) => ts.isFunctionLike(given)));
  if (!call) return;
  task.fail({
    class: 'wrong-command',
    message: 'ping() is given a callback, which the client of redis 6 never calls.',
    next: 'Await the reply in place of it: const reply = await client.ping().',
    at: { calls: ['ping'] },
  });
}
