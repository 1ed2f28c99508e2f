import { Queue, type QueueBase, QueueEvents, Worker } from 'bullmq';
import { queueConnection } from '../../runner/class/queue/connection';
import { QueueServer } from '../support/class/queue-server';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

/* A queue that is closed in the second in which its clients look for a Redis that was away. */

const test = suite('queue client', { needs: ['redis-server'] });

test('a queue, its events and a worker close while they look for their Redis', () =>
  withFolder(async (folder) => {
    const server = await QueueServer.start(folder);
    const connection = queueConnection(server.url);
    const all: QueueBase[] = [
      new Queue('class', { connection }),
      new QueueEvents('class', { connection }),
      new Worker('class', async () => {}, { connection }),
    ];
    for (const one of all) one.on('error', () => {});
    await Promise.all(all.map((one) => one.waitUntilReady()));
    const lost = all.map(
      (one) => new Promise<void>((resolve) => one.once('ioredis:close', resolve)),
    );
    await server.kill();
    await server.start();
    await Promise.all(lost);
    await Promise.all(all.map((one) => one.close()));
    await server.kill();
  }));

test.run();
