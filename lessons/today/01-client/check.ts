import { check } from '#grading';
import { expectClosed } from '#vocabulary/redis/closed-clients';
import { expectPromiseClient } from '#vocabulary/redis/promise-client';
import { connectedLine } from '../vocabulary/connected-line';
import { expectReplyPrinted } from '../vocabulary/reply-by-heart';
import { expectReadyClient } from './check/ready-client';
import { expectGivenUp, expectReportedRefusals } from './check/refusals';
import { expectReplyAwaited } from './check/reply-awaited';

const replyLine = 'Reply: PONG';

export default check({
  'today-client': async (task) => {
    const reached = await task.run();
    const refused = await task.run({ redisDown: true });
    await reached.waitUntilIdle();
    reached.expectParsed();
    expectPromiseClient(task, reached);
    await reached.waitUntilSettled();
    expectReplyAwaited(task, reached, replyLine);
    reached.expectOutput([connectedLine, replyLine]);
    reached.expectSent(['PING'], 'Send it, and log what comes: await client.ping().');
    await expectReplyPrinted(task, 'PONG');
    expectReadyClient(task);
    await reached.expectExit(
      'after the reply',
      {
        says: 'Close the client when the reply has come: await client.close().',
        unless: ['$.close()', '$.destroy()', '$.quit()', '$.disconnect()', '$.QUIT()'],
        otherwise: 'See that the line that closes the client is reached, after the reply.',
      },
      { at: { calls: ['connect'] } },
    );
    expectClosed(task, reached);
    await expectGivenUp(task, refused);
    expectReportedRefusals(task, refused);
  },
});
