import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import redis from 'redis';
import * as assert from 'uvu/assert';
import { EnvironmentError } from '../../../runner/redis/instance';
import { suite } from '../../support/suite';
import { Wire } from './conformance/wire';
import { portOf, source, withRedis } from './conformance/with-redis';

const instances = suite('embedded instances');

instances('each has its data to itself', async () => {
  await withRedis(async (one) => {
    assert.is(await one.ask('SET a 1'), '+OK\r\n');
    await withRedis(async (other) => assert.is(await other.ask('GET a'), '$-1\r\n'));
  });
});

instances('close twice, and nothing is left of it', async () => {
  const instance = await source.open();
  const { address } = instance;
  await instance.close();
  await instance.close();
  if ('path' in address) assert.not.ok(fs.existsSync(path.dirname(address.path)));
});

instances('listens on the port asked for, on loopback only, and names a port in use', async () => {
  const first = await source.open({ port: 0 });
  const { address } = first;
  assert.ok('port' in address && address.host === '127.0.0.1' && address.port > 0);
  try {
    await source.open({ port: 'port' in address ? address.port : 0 });
    assert.unreachable('the port was taken twice');
  } catch (fault) {
    assert.instance(fault, EnvironmentError);
    assert.match((fault as Error).message, /in use/);
  } finally {
    await first.close();
  }
});

instances('SHUTDOWN ends every connection and the listener', async () => {
  await withRedis(async (wire, { address }) => {
    const other = await Wire.open(address);
    wire.send('SHUTDOWN NOSAVE\r\n');
    await wire.ended();
    await other.ended();
  });
});

instances('a pipeline of ten thousand comes back whole and in order', async () => {
  await withRedis(async (wire) => {
    wire.send('INCR n\r\n'.repeat(10_000));
    for (let at = 1; at <= 10_000; at += 1) assert.is(await wire.reply(), `:${at}\r\n`);
  });
});

instances('a value of ten megabytes, cut by the network as it likes', async () => {
  await withRedis(async (wire) => {
    const value = 'x\x00\xff\n'.repeat(2_621_440);
    wire.send(`*3\r\n$3\r\nSET\r\n$1\r\na\r\n$${value.length}\r\n${value}\r\n`);
    assert.is(await wire.reply(), '+OK\r\n');
    assert.ok((await wire.ask('GET a')) === `$${value.length}\r\n${value}\r\n`);
  });
});

instances('MONITOR shows what others send', async () => {
  await withRedis(async (wire, { address }) => {
    const monitor = await Wire.open(address);
    assert.is(await monitor.ask('MONITOR'), '+OK\r\n');
    await wire.ask('SET a "b\\n"');
    assert.match(await monitor.reply(), /^\+\d+\.\d{6} \[0 \S+\] "SET" "a" "b\\n"\r\n$/);
    monitor.close();
  });
});

instances.run();

const clients = suite('embedded clients');

clients('redis 3.1.2: commands, a transaction, and pub/sub', async () => {
  await withRedis(
    async (_wire, instance) => {
      const port = portOf(instance);
      const [publisher, subscriber] = [redis.createClient(port), redis.createClient(port)];
      const get = promisify(publisher.get).bind(publisher);
      publisher.set('Holberton', 'School');
      assert.is(await get('Holberton'), 'School');
      const replies = await new Promise((resolve) =>
        publisher
          .multi()
          .incr('n')
          .hset('h', 'a', '1')
          .exec((_error, all) => resolve(all)),
      );
      assert.equal(replies, [1, 1]);
      subscriber.subscribe('holberton school channel');
      await once(subscriber, 'subscribe');
      publisher.publish('holberton school channel', 'KILL_SERVER');
      const [channel, message] = await once(subscriber, 'message');
      assert.equal([channel, message], ['holberton school channel', 'KILL_SERVER']);
      await Promise.all(
        [publisher, subscriber].map((client) => promisify(client.quit).bind(client)()),
      );
    },
    { port: 0 },
  );
});

clients.run();
