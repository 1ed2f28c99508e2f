import assert from 'node:assert/strict';
import { RedisStore } from 'connect-redis';
import type { NodeRedisClients } from '../clients/node-redis';
import type { Feature } from '../features';

type Session = Parameters<RedisStore['set']>[1];

/** What a web application keeps of one visitor; the store itself asks no more of it than this. */
function session(visits: number, expires?: Date): Session {
  const cookie = { originalMaxAge: null, ...(expires ? { expires } : {}) };
  return { visits, cookie } as unknown as Session;
}

export const connectRedis: readonly Feature<NodeRedisClients>[] = [
  {
    title: 'a session is kept, read and destroyed',
    async run(clients) {
      const client = await clients.open();
      const store = new RedisStore({ client, prefix: clients.prefix });
      assert.equal(await store.get('a'), null);
      await store.set('a', session(3));
      assert.equal((await store.get('a')).visits, 3);
      await store.destroy('a');
      assert.equal(await store.get('a'), null);
      assert.equal(await client.exists(`${clients.prefix}a`), 0);
    },
  },
  {
    title: 'it lives as long as the store or its cookie says, and a touch lengthens that',
    async run(clients) {
      const client = await clients.open();
      const store = new RedisStore({ client, prefix: clients.prefix, ttl: 5000 });
      const ttl = (id: string) => client.ttl(`${clients.prefix}${id}`);
      await store.set('a', session(1));
      assert.ok((await ttl('a')) > 4000 && (await ttl('a')) <= 5000);
      const expires = new Date(Date.now() + 9_000_000);
      await store.touch('a', session(1, expires));
      assert.ok((await ttl('a')) > 8000 && (await ttl('a')) <= 9000);
      await store.set('gone', session(1));
      await store.set('gone', session(1, new Date(0)));
      assert.equal(await store.get('gone'), null);
      const lasting = new RedisStore({ client, prefix: clients.prefix, disableTTL: true });
      await lasting.set('b', session(1));
      assert.equal(await ttl('b'), -1);
    },
  },
  {
    title: 'all sessions are listed, counted and cleared, and no other key',
    async run(clients) {
      const client = await clients.open();
      const store = new RedisStore({ client, prefix: `${clients.prefix}s:`, scanCount: 10 });
      assert.deepEqual(await store.all(), []);
      const ids = Array.from({ length: 40 }, (_, at) => `id${at}`).sort();
      for (const [at, id] of ids.entries()) await store.set(id, session(at));
      await client.set(`${clients.prefix}other`, 'stays');
      assert.equal(await store.length(), 40);
      assert.deepEqual((await store.ids()).sort(), ids);
      const all: { id: string; visits: number }[] = await store.all();
      const seen = all.map(({ id, visits }) => [id, visits]).sort();
      assert.deepEqual(seen, ids.map((id, at) => [id, at]).sort());
      await store.clear();
      assert.equal(await store.length(), 0);
      assert.equal(await client.get(`${clients.prefix}other`), 'stays');
    },
  },
];
