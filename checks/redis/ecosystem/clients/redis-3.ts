import assert from 'node:assert/strict';
import { once } from 'node:events';
import redis, { type RedisClient } from 'redis';
import type { Feature } from '../features';
import type { Server } from '../servers';

let made = 0;

/** Clients of redis 3 for one feature. */
export interface Redis3Clients {
  prefix: string;
  open(): RedisClient;
  /** One command's reply. */
  ask(client: RedisClient, ...words: string[]): Promise<unknown>;
}

export async function withRedis3(
  server: Server,
  run: (clients: Redis3Clients) => Promise<void>,
): Promise<void> {
  const opened: RedisClient[] = [];
  const open = () => {
    const client = redis.createClient({ port: server.port });
    client.on('error', () => {});
    opened.push(client);
    return client;
  };
  const ask: Redis3Clients['ask'] = (client, name = '', ...words) =>
    new Promise((resolve, reject) => {
      client.send_command(name, words, (error, reply) => (error ? reject(error) : resolve(reply)));
    });
  try {
    await run({ prefix: `r${++made}:`, open, ask });
  } finally {
    for (const client of opened) client.end(false);
  }
}

export const redis3: readonly Feature<Redis3Clients>[] = [
  {
    title: 'commands, shapes and errors',
    async run({ prefix, open, ask }) {
      const client = open();
      assert.equal(await ask(client, 'SET', `${prefix}a`, '1'), 'OK');
      assert.equal(await ask(client, 'INCR', `${prefix}a`), 2);
      assert.equal(await ask(client, 'HSET', `${prefix}h`, 'f', 'v'), 1);
      await new Promise<void>((resolve, reject) => {
        client.hgetall(`${prefix}h`, (error, hash) => {
          if (error) return reject(error);
          assert.deepEqual(hash, { f: 'v' });
          resolve();
        });
      });
      await assert.rejects(ask(client, 'LPUSH', `${prefix}a`, 'x'), /WRONGTYPE/);
    },
  },
  {
    title: 'a transaction and a batch',
    async run({ prefix, open }) {
      const client = open();
      const replies = (how: 'multi' | 'batch') =>
        new Promise((resolve, reject) => {
          client[how]()
            .set(`${prefix}m`, '1')
            .incr(`${prefix}m`)
            .exec((error, all) => (error ? reject(error) : resolve(all)));
        });
      assert.deepEqual(await replies('multi'), ['OK', 2]);
      assert.deepEqual(await replies('batch'), ['OK', 2]);
    },
  },
  {
    title: 'messages are heard',
    async run({ prefix, open, ask }) {
      const [one, other] = [open(), open()];
      const subscribed = once(one, 'subscribe');
      one.subscribe(`${prefix}c`);
      assert.deepEqual(await subscribed, [`${prefix}c`, 1]);
      const message = once(one, 'message');
      assert.equal(await ask(other, 'PUBLISH', `${prefix}c`, 'hello'), 1);
      assert.deepEqual(await message, [`${prefix}c`, 'hello']);
    },
  },
  {
    title: 'a blocked client is served',
    async run({ prefix, open, ask }) {
      const [one, other] = [open(), open()];
      const popped = ask(one, 'BLPOP', `${prefix}q`, '10');
      await ask(other, 'RPUSH', `${prefix}q`, 'job');
      assert.deepEqual(await popped, [`${prefix}q`, 'job']);
    },
  },
  {
    title: 'what is done is watched',
    async run({ prefix, open, ask }) {
      const [one, other] = [open(), open()];
      await new Promise<void>((resolve, reject) => {
        one.monitor((error) => (error ? reject(error) : resolve()));
      });
      const seen = new Promise<string[]>((resolve) => {
        one.on('monitor', (_time: string, words: string[]) => {
          if (words.includes(`${prefix}seen`)) resolve(words);
        });
      });
      await ask(other, 'SET', `${prefix}seen`, 'x');
      assert.deepEqual((await seen).slice(1), [`${prefix}seen`, 'x']);
    },
  },
  {
    title: 'what the server says of itself is read',
    async run({ open }) {
      const client = open();
      await once(client, 'ready');
      assert.ok(Number(client.server_info.versions?.[0]) >= 7);
    },
  },
];
