import net from 'node:net';
import * as assert from 'uvu/assert';
import { openConnection } from '../../runner/redis/connection';
import { sourceOf } from '../support/redis-source';
import { suite } from '../support/suite';

const test = suite('own network', { needs: ['redis-server'] });

/** Whether anybody answers on a port of this machine. */
function isReached(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

for (const keepsToItself of [true, false]) {
  test(`a port that Redis opens is ${keepsToItself ? 'nobody’s' : 'the machine’s'}`, async () => {
    const source = await sourceOf('server');
    const redis = await source.open({ keepsToItself });
    const port = await freePort();
    try {
      const connection = await openConnection(redis);
      assert.is(String(await connection.send('CONFIG', 'SET', 'port', String(port))), 'OK');
      assert.is(await isReached(port), !keepsToItself || process.platform !== 'linux');
      await connection.close();
    } finally {
      await redis.close();
    }
  });
}

test.run();
