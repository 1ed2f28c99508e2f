import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { withLearnersRedis } from './learner-redis';

/**
 * A Redis full of keys on 6379 and another program on 1245, while something is done that is to
 * leave both alone.
 * @throws AssertionError where a key changed, or anybody connected to either
 */
export async function withBystanders(play: () => Promise<void>): Promise<void> {
  let visits = 0;
  const program = net.createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  program.listen(1245, '127.0.0.1');
  await once(program, 'listening');
  try {
    await withLearnersRedis(6379, async ({ connections }) => {
      const before = await connections();
      await play();
      assert.equal(await connections(), before, 'somebody connected to the Redis on 6379');
    });
    assert.equal(visits, 0, 'somebody connected to the program on 1245');
    assert.ok(program.listening);
  } finally {
    program.close();
  }
}
