import assert from 'node:assert/strict';
import * as four from 'redis-v4';
import * as five from 'redis-v5';
import * as six from 'redis-v6';
import type { Feature } from '../features';
import type { Server } from '../servers';

/** The three have one interface for what is used here, told by the types of the sixth. */
export const redisVersions = {
  4: four as unknown as typeof six,
  5: five as unknown as typeof six,
  6: six,
};

type Options = NonNullable<Parameters<typeof six.createClient>[0]>;
type Client = ReturnType<typeof six.createClient>;

/** Clients for one feature, in one protocol, and closed with it. */
export class NodeRedisClients {
  static #made = 0;
  readonly prefix = `n${++NodeRedisClients.#made}:`;
  readonly #close: (() => unknown)[] = [];

  constructor(
    readonly server: Server,
    readonly version: 4 | 5 | 6,
    readonly RESP: 2 | 3,
  ) {}

  get url(): string {
    return `redis://127.0.0.1:${this.server.port}`;
  }

  async open(options: Options = {}): Promise<Client> {
    const { createClient } = redisVersions[this.version];
    const resp = this.version === 4 ? {} : { RESP: this.RESP, unstableResp3: true };
    const client = createClient({ url: this.url, ...resp, ...options }) as Client;
    client.on('error', () => {});
    this.after(() => (this.version === 4 ? client.disconnect() : client.destroy()));
    await client.connect();
    return client;
  }

  after(close: () => unknown): void {
    this.#close.push(close);
  }

  static within(version: 4 | 5 | 6, RESP: 2 | 3) {
    return async (server: Server, run: (clients: NodeRedisClients) => Promise<void>) => {
      const clients = new NodeRedisClients(server, version, RESP);
      try {
        await run(clients);
      } finally {
        for (const close of clients.#close) await close();
      }
    };
  }
}

/** What version 4, 5 and 6 can. */
export const nodeRedis: readonly Feature<NodeRedisClients>[] = [
  {
    title: 'it connects, says its name and its library',
    async run(clients) {
      const client = await clients.open({ name: 'bee' });
      assert.equal(await client.ping(), 'PONG');
      assert.equal(await client.clientGetName(), 'bee');
      assert.ok(Number(await client.clientId()) > 0);
    },
  },
  {
    title: 'strings, hashes, lists, sets and sorted sets have their shapes',
    async run(clients) {
      const client = await clients.open();
      const key = (name: string) => clients.prefix + name;
      assert.equal(await client.set(key('a'), 'grüße', { EX: 100, NX: true }), 'OK');
      assert.equal(await client.set(key('a'), 'no', { NX: true }), null);
      assert.equal(await client.get(key('a')), 'grüße');
      assert.equal(await client.hSet(key('h'), { a: 1, b: 2 }), 2);
      assert.deepEqual({ ...(await client.hGetAll(key('h'))) }, { a: '1', b: '2' });
      await client.rPush(key('l'), ['1', '2']);
      assert.deepEqual(await client.lRange(key('l'), 0, -1), ['1', '2']);
      await client.sAdd(key('s'), ['x', 'y']);
      assert.deepEqual([...(await client.sMembers(key('s')))].sort(), ['x', 'y']);
      await client.zAdd(key('z'), [
        { score: 1.5, value: 'a' },
        { score: 1e300, value: 'b' },
      ]);
      assert.deepEqual(
        (await client.zRangeWithScores(key('z'), 0, -1)).map((one) => ({ ...one })),
        [
          { value: 'a', score: 1.5 },
          { value: 'b', score: 1e300 },
        ],
      );
      assert.equal(await client.zScore(key('z'), 'a'), 1.5);
    },
  },
  {
    title: 'a transaction is one, and WATCH ends it',
    async run(clients) {
      const [one, other] = [await clients.open(), await clients.open()];
      const key = `${clients.prefix}m`;
      assert.deepEqual(await one.multi().set(key, '1').incr(key).exec(), ['OK', 2]);
      await one.watch(key);
      await other.set(key, '9');
      await assert.rejects(one.multi().incr(key).exec(), /watch/i);
    },
  },
  {
    title: 'messages and patterns are heard, as text and as bytes',
    async run(clients) {
      const [one, other] = [await clients.open(), await clients.open()];
      const channel = `${clients.prefix}news`;
      const heard = new Promise((resolve) => {
        one.subscribe(channel, (message, from) => resolve([message, from])).catch(() => {});
      });
      const matched = new Promise((resolve) => {
        one.pSubscribe(`${clients.prefix}n*`, (bytes) => resolve(bytes), true).catch(() => {});
      });
      while ((await other.publish(channel, 'hello')) < 2);
      assert.deepEqual(await heard, ['hello', channel]);
      assert.deepEqual(await matched, Buffer.from('hello'));
      await one.unsubscribe(channel);
      await one.pUnsubscribe();
    },
  },
  {
    title: 'keys, fields and members are walked',
    async run(clients) {
      const client = await clients.open();
      const names = Array.from({ length: 300 }, (_, at) => `${clients.prefix}${at}`);
      await client.mSet(names.map((name) => [name, name] as [string, string]));
      const found = new Set<string>();
      for await (const keys of client.scanIterator({ MATCH: `${clients.prefix}*`, COUNT: 50 })) {
        for (const key of [keys].flat()) found.add(String(key));
      }
      assert.equal(found.size, 300);
      await client.sAdd(`${clients.prefix}set`, names);
      let members = 0;
      for await (const chunk of client.sScanIterator(`${clients.prefix}set`)) {
        members += [chunk].flat().length;
      }
      assert.equal(members, 300);
    },
  },
  {
    title: 'a blocked client is served',
    async run(clients) {
      const [one, other] = [await clients.open(), await clients.open()];
      const key = `${clients.prefix}queue`;
      const popped = one.blPop(key, 10);
      await other.rPush(key, 'job');
      assert.deepEqual({ ...(await popped) }, { key, element: 'job' });
      const best = one.bzPopMin(key, 10);
      await other.zAdd(key, { score: 2, value: 'a' });
      assert.deepEqual({ ...(await best) }, { key, value: 'a', score: 2 });
      assert.equal(await one.blPop(key, 0.02), null);
    },
  },
  {
    title: 'scripts run, by their text and by their hash',
    async run(clients) {
      const client = await clients.open();
      const script = 'return {KEYS[1], ARGV[1], 3}';
      const options = { keys: ['k'], arguments: ['a'] };
      assert.deepEqual(await client.eval(script, options), ['k', 'a', 3]);
      const sha = await client.scriptLoad(script);
      assert.deepEqual(await client.evalSha(String(sha), options), ['k', 'a', 3]);
      await assert.rejects(client.evalSha('0'.repeat(40), options), /NOSCRIPT/);
    },
  },
  {
    title: 'a script is a command of its own',
    async run(clients) {
      const { defineScript } = redisVersions[clients.version];
      const addUp = defineScript({
        SCRIPT: "return redis.call('incrby', KEYS[1], ARGV[1])",
        NUMBER_OF_KEYS: 1,
        ...(clients.version === 4
          ? { transformArguments: (key: string, by: number) => [key, String(by)] }
          : {}),
        parseCommand(
          parser: { pushKey(key: string): void; push(word: string): void },
          key: string,
          by: number,
        ) {
          parser.pushKey(key);
          parser.push(String(by));
        },
        transformReply: (reply: number) => reply,
      } as never);
      const client = (await clients.open({ scripts: { addUp } } as never)) as unknown as {
        addUp(key: string, by: number): Promise<number>;
      };
      assert.equal(await client.addUp(`${clients.prefix}n`, 4), 4);
      assert.equal(await client.addUp(`${clients.prefix}n`, 4), 8);
    },
  },
  {
    title: 'a library of functions is loaded and called',
    async run(clients) {
      const client = await clients.open();
      const name = `lib${clients.version}${clients.RESP}`;
      const code = `#!lua name=${name}\nredis.register_function('${name}_f', function(keys, args) return {keys[1], args[1]} end)`;
      assert.equal(await client.functionLoad(code, { REPLACE: true }), name);
      const called = await client.fCall(`${name}_f`, { keys: ['k'], arguments: ['a'] });
      assert.deepEqual(called, ['k', 'a']);
      assert.equal(await client.functionDelete(name), 'OK');
    },
  },
  {
    title: 'a stream is written, read, and shared by a group',
    async run(clients) {
      const client = await clients.open();
      const key = `${clients.prefix}stream`;
      const id = await client.xAdd(key, '*', { a: '1', b: '2' });
      assert.equal(await client.xLen(key), 1);
      const [entry] = (await client.xRange(key, '-', '+')) ?? [];
      assert.deepEqual([entry?.id, { ...entry?.message }], [id, { a: '1', b: '2' }]);
      await client.xGroupCreate(key, 'g', '0');
      const read = await client.xReadGroup('g', 'me', { key, id: '>' });
      assert.ok(JSON.stringify(read).includes(String(id)));
      assert.equal(await client.xAck(key, 'g', String(id)), 1);
      const none = await client.xRead({ key, id: '$' }, { BLOCK: 10 });
      assert.equal(none, null);
    },
  },
  {
    title: 'errors are those of Redis',
    async run(clients) {
      const client = await clients.open();
      const key = `${clients.prefix}e`;
      await client.set(key, 'x');
      await assert.rejects(client.lPush(key, 'y'), /^Error: WRONGTYPE|WRONGTYPE/);
      await assert.rejects(client.sendCommand(['NOSUCH']), /unknown command/);
    },
  },
  {
    title: 'many commands at once are answered in their order',
    async run(clients) {
      const client = await clients.open();
      const key = `${clients.prefix}n`;
      const replies = await Promise.all(Array.from({ length: 1000 }, () => client.incr(key)));
      assert.deepEqual(
        replies,
        Array.from({ length: 1000 }, (_, at) => at + 1),
      );
    },
  },
];

/** What versions 5 and 6 can besides. */
export const newerRedis: readonly Feature<NodeRedisClients>[] = [
  {
    title: 'a pool shares its connections',
    async run(clients) {
      const { createClientPool } = redisVersions[clients.version];
      const pool = createClientPool(
        { url: clients.url, RESP: clients.RESP },
        { minimum: 1, maximum: 4 },
      );
      pool.on('error', () => {});
      clients.after(() => pool.destroy());
      await pool.connect();
      const key = `${clients.prefix}n`;
      await Promise.all(Array.from({ length: 50 }, () => pool.incr(key)));
      assert.equal(await pool.get(key), '50');
      assert.deepEqual(await pool.execute((client) => client.multi().incr(key).exec()), [51]);
    },
  },
  {
    title: 'replies are of the type that is asked for',
    async run(clients) {
      const { RESP_TYPES } = redisVersions[clients.version];
      const client = await clients.open();
      await client.set(`${clients.prefix}b`, 'bytes');
      const binary = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
      assert.deepEqual(await binary.get(`${clients.prefix}b`), Buffer.from('bytes'));
    },
  },
  {
    title: 'what is done is watched',
    async run(clients) {
      const [one, other] = [await clients.open(), await clients.open()];
      const key = `${clients.prefix}seen`;
      let tell = (_: string) => {};
      const seen = new Promise<string>((resolve) => {
        tell = resolve;
      });
      await one.monitor((line) => {
        if (String(line).includes(key)) tell(String(line));
      });
      await other.set(key, 'x');
      assert.match(await seen, new RegExp(`"SET" "${key}" "x"$`));
    },
  },
];

/** What RESP3 alone brings. */
export const resp3Redis: readonly Feature<NodeRedisClients>[] = [
  {
    title: 'what was read is kept, until another changes it',
    async run(clients) {
      const client = await clients.open({
        clientSideCache: { ttl: 0, maxEntries: 100, evictPolicy: 'LRU' },
      });
      const other = await clients.open();
      const key = `${clients.prefix}kept`;
      await other.set(key, 'one');
      assert.equal(await client.get(key), 'one');
      assert.equal(await client.get(key), 'one');
      await other.set(key, 'two');
      // The kept value comes without a turn of the event loop, in which the news could come in.
      while ((await client.get(key)) !== 'two') await new Promise(setImmediate);
      assert.equal(await client.get(key), 'two');
    },
  },
];
