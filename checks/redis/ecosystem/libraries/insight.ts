import assert from 'node:assert/strict';
import type { Redis } from 'ioredis';
import { IoredisClients, ioredisVersions } from '../clients/ioredis';
import type { Feature } from '../features';
import type { Server } from '../servers';
import { alike } from './transcripts';

/** A connection as a browser of keys has it, and keys to browse. */
export class Insight {
  constructor(
    readonly server: Server,
    readonly redis: Redis,
  ) {}

  static async within(server: Server, run: (insight: Insight) => Promise<void>): Promise<void> {
    await IoredisClients.within(ioredisVersions[5])(server, async (clients) => {
      const redis = clients.open({ connectionName: 'redisinsight-browser' });
      await redis.flushall();
      const filling = redis.pipeline();
      for (let at = 0; at < 120; at += 1) filling.set(`text:${at}`, at);
      filling.rpush('list', 'a', 'b').sadd('set', 'x').hset('hash', 'f', 'v');
      filling.zadd('zset', 1, 'm').xadd('stream', '1-1', 'a', 'b').set('long', 'x'.repeat(100));
      await filling.exec();
      await run(new Insight(server, redis));
    });
  }

  /** The reply, or the text of the error. */
  ask(command: string): Promise<unknown> {
    const [name = '', ...words] = command.split(' ');
    return this.redis.call(name, ...words).catch((error: Error) => `error: ${error.message}`);
  }
}

const keys = ['text:1', 'long', 'list', 'set', 'hash', 'zset', 'stream', 'none'];

/** What is asked when a database is opened, of which nothing depends on the moment. */
const opening = [
  'MODULE LIST',
  'ACL WHOAMI',
  'ACL LIST',
  'ACL USERS',
  'CLIENT GETNAME',
  'CLIENT SETNAME insight',
  'CONFIG GET databases',
  'CONFIG GET maxmemory-policy',
  'CONFIG GET notify-keyspace-events',
  'CONFIG GET none',
  'DBSIZE',
  'CLUSTER INFO',
  'CLUSTER NODES',
  'SENTINEL masters',
  'ROLE',
  'LATENCY LATEST',
  'INFO modules',
  'INFO keyspace',
  'INFO none',
];

/** What modules serve, which neither server has. */
const modules = [
  'FT._LIST',
  'FT.INFO none',
  'JSON.GET none',
  'TS.INFO none',
  'GRAPH.LIST',
  'TFUNCTION LIST',
];

/** A page of facts about a key. */
const facts = [
  'TYPE',
  'TTL',
  'PTTL',
  'EXISTS',
  'OBJECT ENCODING',
  'OBJECT REFCOUNT',
  'OBJECT FREQ',
];

export const insight: readonly Feature<Insight>[] = [
  alike('a database is opened', (insight) =>
    Promise.all(opening.map(async (command) => [command, await insight.ask(command)])),
  ),
  alike('what modules serve is refused', (insight) =>
    Promise.all(modules.map((command) => insight.ask(command))),
  ),
  alike('keys are walked, by type and by pattern', async ({ redis }) => {
    const found: string[][] = [];
    for (const type of ['string', 'list', 'set', 'hash', 'zset', 'stream', 'ReJSON-RL']) {
      found.push(await walk(redis, 'MATCH', '*', 'COUNT', '50', 'TYPE', type));
    }
    found.push(await walk(redis, 'MATCH', 'text:1?', 'COUNT', '10'));
    return found;
  }),
  ...keys.map((key) =>
    alike<Insight>(`a key's facts are shown: ${key}`, async (insight) => {
      const bytes = await insight.ask(`MEMORY USAGE ${key} SAMPLES 0`);
      return [
        bytes === null ? 'none' : Number(bytes) > 0,
        await Promise.all(facts.map((fact) => insight.ask(`${fact} ${key}`))),
      ];
    }),
  ),
  alike('INFO has the figures of the overview', async (insight) => {
    const figures = new Map(
      String(await insight.ask('INFO'))
        .split('\r\n')
        .map((line) => line.split(':') as [string, string]),
    );
    const counted = ['used_memory', 'connected_clients', 'total_commands_processed'];
    for (const name of [...counted, 'uptime_in_seconds', 'instantaneous_ops_per_sec']) {
      assert.ok(Number.isFinite(Number(figures.get(name))), name);
    }
    for (const name of counted) assert.ok(Number(figures.get(name)) > 0, name);
    assert.equal(figures.get('tcp_port'), String(insight.server.port));
    const same = ['redis_version', 'redis_mode', 'role', 'db0', 'maxmemory', 'cluster_enabled'];
    return same.map((name) => figures.get(name));
  }),
  alike('CLIENT LIST has the same columns', async (insight) => {
    const listed = String(await insight.ask('CLIENT LIST TYPE normal')).split('\n');
    const own = listed.find((line) => line.includes('redisinsight-browser'))?.split(' ') ?? [];
    const told = ['name', 'flags', 'db', 'sub', 'psub', 'multi', 'cmd', 'user', 'resp'];
    return own.map((column) => {
      const [name = ''] = column.split('=');
      return told.includes(name) ? column : name;
    });
  }),
  alike('the slow log is set, read and reset', async (insight) => {
    const told = [
      await insight.ask('CONFIG SET slowlog-log-slower-than 0'),
      await insight.ask('SLOWLOG RESET'),
      await insight.ask('GET text:7'),
      await insight.ask('CONFIG SET slowlog-log-slower-than 10000000'),
    ];
    const entries = (await insight.ask('SLOWLOG GET 50')) as [
      unknown,
      unknown,
      unknown,
      string[],
    ][];
    const asked = entries.map(([, , , words]) => words.join(' '));
    assert.ok(asked.includes('GET text:7'), asked.join('\n'));
    await insight.ask('SLOWLOG RESET');
    return [told, asked, entries[0]?.length, await insight.ask('SLOWLOG LEN')];
  }),
  alike('COMMAND DOCS tells of commands', async (insight) => {
    const docs = (await insight.ask('COMMAND DOCS get set none')) as (string | string[])[];
    return docs.map((part) => (typeof part === 'string' ? part : fieldsOf(part)));
  }),
];

/** All keys of a walk, in the order of their names. */
async function walk(redis: Redis, ...options: string[]): Promise<string[]> {
  const found = new Set<string>();
  let cursor = '0';
  do {
    const [next, keys] = (await redis.call('SCAN', cursor, ...options)) as [string, string[]];
    for (const key of keys) found.add(key);
    cursor = next;
  } while (cursor !== '0');
  return [...found].sort();
}

/** What is no prose, which is our own, and no arguments, which we do not tell. */
function fieldsOf(docs: readonly string[]): string[] {
  const fields = docs.flatMap((name, at) => (at % 2 === 0 ? [[name, docs[at + 1]]] : []));
  return fields
    .filter(([name]) => ['since', 'group'].includes(String(name)))
    .flat()
    .map(String);
}
