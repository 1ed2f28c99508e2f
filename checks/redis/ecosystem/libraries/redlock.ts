import assert from 'node:assert/strict';
import Redlock from 'redlock';
import type { IoredisClients } from '../clients/ioredis';
import type { Feature } from '../features';

/** Milliseconds that no test lasts: locks end because they are given back. */
const long = 600_000;

const once = { retryCount: 0 };
const untilFree = { retryCount: -1, retryDelay: 2, retryJitter: 2 };

export const redlock: readonly Feature<IoredisClients>[] = [
  {
    title: 'a lock is taken, for so long, and given back',
    async run(clients) {
      const redis = clients.open();
      const key = `${clients.prefix}lock`;
      const lock = await new Redlock([redis], once).lock(key, long);
      assert.equal(await redis.get(key), lock.value);
      const left = await redis.pttl(key);
      assert.ok(left > long / 2 && left <= long);
      await lock.unlock();
      assert.equal(await redis.exists(key), 0);
      await assert.rejects(lock.unlock(), /Unable to fully release the lock/);
    },
  },
  {
    title: 'a lock is extended by its holder alone',
    async run(clients) {
      const redis = clients.open();
      const key = `${clients.prefix}lock`;
      const lock = await new Redlock([redis], once).lock(key, long);
      await lock.extend(3 * long);
      assert.ok((await redis.pttl(key)) > 2 * long);
      await redis.set(key, 'of another');
      await assert.rejects(lock.extend(long), { name: 'LockError' });
      await assert.rejects(lock.unlock(), { name: 'LockError' });
      assert.equal(await redis.get(key), 'of another');
    },
  },
  {
    title: 'many resources are locked together or not at all',
    async run(clients) {
      const redis = clients.open();
      const [a, b, c] = ['a', 'b', 'c'].map((name) => clients.prefix + name) as [
        string,
        string,
        string,
      ];
      const locks = new Redlock([redis], once);
      const lock = await locks.lock([a, b], long);
      await assert.rejects(locks.lock([c, b], long), { name: 'LockError' });
      assert.equal(await redis.exists(c), 0);
      await lock.unlock();
      await (await locks.lock([c, b], long)).unlock();
    },
  },
  {
    title: 'who finds it locked gives up after so many attempts',
    async run(clients) {
      const key = `${clients.prefix}lock`;
      await new Redlock([clients.open()], once).lock(key, long);
      const impatient = new Redlock([clients.open()], { ...untilFree, retryCount: 2 });
      await assert.rejects(impatient.lock(key, long), { name: 'LockError', attempts: 3 });
    },
  },
  {
    title: 'who waits for it has it when it is given back',
    async run(clients) {
      const key = `${clients.prefix}lock`;
      const held = await new Redlock([clients.open()], once).lock(key, long);
      const second = clients.open();
      const waiting = new Redlock([second], untilFree).lock(key, long);
      // Answered after the first attempt, which went out on the same connection before it.
      await second.ping();
      await held.unlock();
      const lock = await waiting;
      assert.ok(lock.attempts >= 2);
      assert.equal(await second.get(key), lock.value);
    },
  },
  {
    title: 'what many do under a lock, one does at a time',
    async run(clients) {
      const [key, count] = [`${clients.prefix}lock`, `${clients.prefix}count`];
      const addOne = async () => {
        const redis = clients.open();
        const lock = await new Redlock([redis], untilFree).lock(key, long);
        await redis.set(count, Number(await redis.get(count)) + 1);
        await lock.unlock();
      };
      await Promise.all(Array.from({ length: 6 }, addOne));
      assert.equal(await clients.open().get(count), '6');
    },
  },
];
