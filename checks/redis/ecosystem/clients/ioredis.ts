import assert from 'node:assert/strict';
import { once } from 'node:events';
import Five, { type Redis, type RedisOptions } from 'ioredis';
import Six from 'ioredis-v6';
import type { Feature } from '../features';
import type { Server } from '../servers';

/** The two versions; what is used of the sixth here has the types of the fifth. */
export const ioredisVersions = { 5: Five, 6: Six as unknown as typeof Five };

/** Clients for one feature, on a database of its own, and closed with it. */
export class IoredisClients {
  static #made = 0;
  readonly prefix = `i${++IoredisClients.#made}:`;
  readonly #clients: Redis[] = [];

  constructor(
    readonly server: Server,
    readonly Client: typeof Five,
  ) {}

  open(options: RedisOptions = {}): Redis {
    const client = new this.Client({ port: this.server.port, ...options });
    return this.#keep(client);
  }

  /** What it makes of itself is closed as well, also where monitor() comes to nothing. */
  #keep(client: Redis): Redis {
    client.on('error', () => {});
    this.#clients.push(client);
    const duplicate = client.duplicate.bind(client);
    client.duplicate = (options) => this.#keep(duplicate(options));
    return client;
  }

  static within(Client: typeof Five) {
    return async (server: Server, run: (clients: IoredisClients) => Promise<void>) => {
      const clients = new IoredisClients(server, Client);
      try {
        await run(clients);
      } finally {
        for (const client of clients.#clients) client.disconnect();
      }
    };
  }
}

export const ioredis: readonly Feature<IoredisClients>[] = [
  {
    title: 'strings, buffers and numbers go there and back',
    async run(clients) {
      const redis = clients.open();
      const [key, bytes] = [
        `${clients.prefix}a`,
        Buffer.from(Array.from({ length: 256 }, (_, at) => at)),
      ];
      await redis.set(key, bytes);
      assert.deepEqual(await redis.getBuffer(key), bytes);
      assert.equal(await redis.set(key, 'grüße', 'EX', 100, 'GET'), bytes.toString());
      assert.equal(await redis.get(key), 'grüße');
      assert.equal(await redis.incrby(`${clients.prefix}n`, 5), 5);
    },
  },
  {
    title: 'hashes, lists, sets and sorted sets have their shapes',
    async run(clients) {
      const redis = clients.open();
      const key = (name: string) => clients.prefix + name;
      await redis.hset(key('h'), { a: 1, b: 'two' });
      assert.deepEqual(await redis.hgetall(key('h')), { a: '1', b: 'two' });
      await redis.rpush(key('l'), 1, 2, 3);
      assert.deepEqual(await redis.lrange(key('l'), 0, -1), ['1', '2', '3']);
      assert.equal(await redis.sadd(key('s'), ['a', 'b', 'a']), 2);
      await redis.zadd(key('z'), 1, 'a', 2.5, 'b');
      assert.deepEqual(await redis.zrange(key('z'), 0, -1, 'WITHSCORES'), ['a', '1', 'b', '2.5']);
      assert.deepEqual(await redis.zpopmax(key('z')), ['b', '2.5']);
    },
  },
  {
    title: 'a pipeline gives each reply, and each error in its place',
    async run(clients) {
      const key = `${clients.prefix}p`;
      const replies = await clients.open().pipeline().set(key, 'x').incr(key).get(key).exec();
      assert.deepEqual(
        replies?.map(([error, reply]) => error?.message ?? reply),
        ['OK', 'ERR value is not an integer or out of range', 'x'],
      );
    },
  },
  {
    title: 'a transaction is one, and WATCH ends it',
    async run(clients) {
      const [one, other] = [clients.open(), clients.open()];
      const key = `${clients.prefix}m`;
      assert.deepEqual(await one.multi().set(key, 1).incr(key).exec(), [
        [null, 'OK'],
        [null, 2],
      ]);
      await one.watch(key);
      await other.set(key, 9);
      assert.equal(await one.multi().incr(key).exec(), null);
      await one.multi({ pipeline: false });
      assert.equal(await one.incr(key), 'QUEUED');
      assert.deepEqual(await one.exec(), [[null, 10]]);
    },
  },
  {
    title: 'a script is a command of its own',
    async run(clients) {
      const redis = clients.open({
        scripts: {
          addUp: { numberOfKeys: 1, lua: "return redis.call('incrby', KEYS[1], ARGV[1])" },
        },
      });
      redis.defineCommand('echoes', { lua: 'return {KEYS[1], ARGV[1], 7}' });
      const own = redis as unknown as Record<string, (...words: unknown[]) => Promise<unknown>>;
      assert.equal(await own.addUp?.(`${clients.prefix}n`, 4), 4);
      assert.deepEqual(await own.echoes?.(1, 'key', 'word'), ['key', 'word', 7]);
      await redis.script('FLUSH');
      assert.equal(await own.addUp?.(`${clients.prefix}n`, 4), 8);
    },
  },
  {
    title: 'keys, fields and members are walked in streams',
    async run(clients) {
      const redis = clients.open();
      const key = (name: string) => clients.prefix + name;
      const numbers = Array.from({ length: 500 }, (_, at) => String(at));
      await redis.mset(Object.fromEntries(numbers.map((at) => [key(`k${at}`), at])));
      await redis.sadd(key('set'), numbers);
      await redis.hset(key('hash'), Object.fromEntries(numbers.map((at) => [at, at])));
      const count = async (stream: AsyncIterable<string[]>) => {
        const all = new Set<string>();
        for await (const chunk of stream) for (const one of chunk) all.add(one);
        return all.size;
      };
      assert.equal(await count(redis.scanStream({ match: `${clients.prefix}k*`, count: 50 })), 500);
      assert.equal(await count(redis.sscanStream(key('set'))), 500);
      assert.ok((await count(redis.hscanStream(key('hash')))) >= 500);
      assert.equal(await count(redis.scanStream({ match: key('*'), type: 'set' })), 1);
    },
  },
  {
    title: 'messages and patterns are heard',
    async run(clients) {
      const [one, other] = [clients.open(), clients.open()];
      const channel = `${clients.prefix}news`;
      assert.equal(await one.subscribe(channel), 1);
      assert.equal(await one.psubscribe(`${clients.prefix}n*`), 2);
      const [message, pattern] = [once(one, 'message'), once(one, 'pmessageBuffer')];
      assert.equal(await other.publish(channel, 'hello'), 2);
      assert.deepEqual(await message, [channel, 'hello']);
      assert.equal((await pattern)[2].toString(), 'hello');
      assert.equal(await one.unsubscribe(channel), 1);
      assert.equal(await one.punsubscribe(), 0);
      assert.equal(await one.ping(), 'PONG');
    },
  },
  {
    title: 'a blocked client is served, and waits no longer than it will',
    async run(clients) {
      const [one, other] = [clients.open(), clients.open()];
      const key = `${clients.prefix}queue`;
      const popped = one.blpop(key, 10);
      await other.rpush(key, 'job');
      assert.deepEqual(await popped, [key, 'job']);
      assert.equal(await one.blpop(key, 0.02), null);
      const best = one.bzpopmin(key, 10);
      await other.zadd(key, 1, 'first');
      assert.deepEqual(await best, [key, 'first', '1']);
    },
  },
  {
    title: 'a prefix stands before each key',
    async run(clients) {
      const redis = clients.open({ keyPrefix: clients.prefix });
      await redis.mset('a', 1, 'b', 2);
      assert.deepEqual(await redis.mget('a', 'b', 'c'), ['1', '2', null]);
      assert.equal(await clients.open().get(`${clients.prefix}a`), '1');
      assert.equal(await redis.eval('return KEYS[1]', 1, 'a'), `${clients.prefix}a`);
    },
  },
  {
    title: 'commands of one turn go in one pipeline by themselves',
    async run(clients) {
      const redis = clients.open({ enableAutoPipelining: true });
      const keys = Array.from({ length: 100 }, (_, at) => `${clients.prefix}${at}`);
      await Promise.all(keys.map((key) => redis.set(key, key)));
      assert.deepEqual(await Promise.all(keys.map((key) => redis.get(key))), keys);
    },
  },
  {
    title: 'a client is copied, and has its name and its database',
    async run(clients) {
      const redis = clients.open({ connectionName: 'bee', db: 3 });
      const copy = redis.duplicate({ connectionName: 'wasp' });
      assert.deepEqual(await Promise.all([redis.client('GETNAME'), copy.client('GETNAME')]), [
        'bee',
        'wasp',
      ]);
      await redis.set(`${clients.prefix}a`, 1);
      assert.equal(await copy.get(`${clients.prefix}a`), '1');
      assert.equal(await clients.open().get(`${clients.prefix}a`), null);
    },
  },
  {
    title: 'a client comes back, and subscribes again',
    async run(clients) {
      const [one, other] = [clients.open({ retryStrategy: () => 5 }), clients.open()];
      const id = await one.client('ID');
      await one.subscribe(`${clients.prefix}c`);
      const ready = once(one, 'ready');
      await other.client('KILL', 'ID', id);
      await ready;
      const message = once(one, 'message');
      while ((await other.publish(`${clients.prefix}c`, 'again')) === 0);
      assert.equal((await message)[1], 'again');
    },
  },
  {
    title: 'what is done is watched',
    async run(clients) {
      const monitor = await clients.open().monitor();
      const seen = new Promise<string[]>((resolve) => {
        monitor.on('monitor', (_time: string, words: string[]) => {
          if (words[1] === `${clients.prefix}seen`) resolve(words);
        });
      });
      await clients.open().set(`${clients.prefix}seen`, 'x');
      assert.deepEqual((await seen).slice(1), [`${clients.prefix}seen`, 'x']);
    },
  },
  {
    title: 'a stream is written, read, and shared by a group',
    async run(clients) {
      const redis = clients.open();
      const key = `${clients.prefix}stream`;
      const id = await redis.xadd(key, '*', 'a', '1');
      assert.deepEqual(await redis.xread('COUNT', 1, 'STREAMS', key, '0'), [
        [key, [[id, ['a', '1']]]],
      ]);
      await redis.xgroup('CREATE', key, 'g', '0');
      const read = await redis.xreadgroup('GROUP', 'g', 'me', 'STREAMS', key, '>');
      assert.deepEqual(read, [[key, [[id, ['a', '1']]]]]);
      assert.equal(await redis.xack(key, 'g', String(id)), 1);
    },
  },
];
