import { createClient } from 'redis';
import * as assert from 'uvu/assert';
import { suite } from '../../support/suite';
import { encode } from '../../tools/comparison/line';
import { type RealRedis, startRealRedis } from './conformance/real';
import { type Place, Wire } from './conformance/wire';
import { portOf, withRedis } from './conformance/with-redis';

/** What settings do to connections, on the embedded Redis and on a real one. */
const test = suite('settings', { needs: ['redis-server'] });
let real: RealRedis | undefined;

test.before(async () => {
  real = await startRealRedis();
});

test.after(() => real?.stop());

/** Does the same on both, and demands the same of both. */
async function onBoth(attempt: (place: Place) => Promise<unknown>): Promise<void> {
  assert.ok(real, 'redis-server does not start');
  const theirs = await attempt(real.place);
  await withRedis(async (_wire, { address }) => assert.equal(await attempt(address), theirs));
}

test('before the password a client may send little', async () => {
  const long = 'x'.repeat(16_385);
  await onBoth(async (place) => {
    const owner = await Wire.open(place);
    await owner.ask('CONFIG SET requirepass secret');
    const told: string[] = [];
    for (const args of [['GET', long], new Array(11).fill('x'), ['PING']]) {
      const stranger = await Wire.open(place);
      stranger.send(encode(args));
      told.push(await stranger.reply());
      stranger.close();
    }
    await owner.ask('CONFIG SET requirepass ""');
    owner.close();
    return told;
  });
});

test('an argument longer than proto-max-bulk-len ends the connection', async () => {
  await onBoth(async (place) => {
    const wire = await Wire.open(place);
    await wire.ask('CONFIG SET proto-max-bulk-len 1mb');
    wire.send('*2\r\n$3\r\nGET\r\n$1048577\r\n');
    const told = await wire.reply();
    await wire.ended();
    const other = await Wire.open(place);
    await other.ask('CONFIG SET proto-max-bulk-len 64mb');
    other.close();
    return told;
  });
});

test('a subscriber that leaves more unread than it may is cut off', async () => {
  await onBoth(async (place) => {
    const [wire, slow] = [await Wire.open(place), await Wire.open(place)];
    await wire.ask('CONFIG SET client-output-buffer-limit "pubsub 1mb 0 0"');
    await slow.ask('SUBSCRIBE a');
    slow.socket.pause();
    const message = encode(['PUBLISH', 'a', 'x'.repeat(500_000)]);
    let reached = ':1\r\n';
    for (let at = 0; at < 100 && reached === ':1\r\n'; at += 1) {
      wire.send(message);
      reached = await wire.reply();
    }
    await wire.ask('CONFIG SET client-output-buffer-limit "pubsub 32mb 8mb 60"');
    for (const one of [wire, slow]) one.close();
    return reached;
  });
});

test('a client that is idle for longer than timeout is cut off', async () => {
  await onBoth(async (place) => {
    const [wire, idle] = [await Wire.open(place), await Wire.open(place)];
    await idle.ask('PING');
    const told = await wire.ask('CONFIG SET timeout 1');
    await idle.ended();
    const other = await Wire.open(place);
    await other.ask('CONFIG SET timeout 0');
    for (const one of [wire, other]) one.close();
    return told;
  });
});

/** Lines of INFO that tell of a memory, a Lua or a thread that are not here. */
const elsewhere =
  /^(allocator_|rss_overhead|used_memory_(vm|scripts|functions)|number_of_(func|lib))/;

test('INFO has the sections and the fields of Redis', async () => {
  const namesIn = (info: string) =>
    (info.match(/^(# \w+|\w+(?=:))/gm) ?? []).filter(
      (name) => !elsewhere.test(name) && !/^(cmdstat|errorstat|latency_percentiles)_/.test(name),
    );
  await onBoth(async (place) => {
    const wire = await Wire.open(place);
    const names: string[][] = [];
    for (const sections of ['everything', '', 'default', 'server CPU', 'foo', 'commandstats']) {
      names.push(namesIn(await wire.ask(`INFO ${sections}`)));
    }
    wire.close();
    return names;
  });
});

test('INFO counts what commands came to', async () => {
  const steps = ['SET a x', 'INCR a', 'INCR', 'FOO', "EVAL \"return redis.call('INCR', 'a')\" 0"];
  await onBoth(async (place) => {
    const wire = await Wire.open(place);
    await wire.ask('FLUSHALL');
    await wire.ask('CONFIG RESETSTAT');
    for (const step of [...steps, 'MULTI', 'INCR a', 'EXEC']) await wire.ask(step);
    const info = await wire.ask('INFO commandstats errorstats stats');
    wire.close();
    const lines = info.match(/^(cmdstat_|errorstat_|total_(comm|err|conn)).*$/gm) ?? [];
    return lines.map((line) => line.replace(/usec.*?,(?=rej)/, '').trim()).sort();
  });
});

/** As the tests of node_redis 3 ask. */
test('a client of node_redis 3 with a password, a wrong one and none', async () => {
  await withRedis(
    async (wire, redis) => {
      await wire.ask('CONFIG SET requirepass secret');
      const port = portOf(redis);
      assert.is(await ping(port, 'secret'), 'PONG');
      assert.match(await ping(port, 'wrong'), /WRONGPASS/);
      assert.match(await ping(port, undefined), /NOAUTH Authentication required/);
    },
    { port: 0 },
  );
});

test.run();

async function ping(port: number, password: string | undefined): Promise<string> {
  const client = createClient({ port, ...(password && { password }) });
  const told = await new Promise<string>((resolve) => {
    client.on('error', (error: Error) => resolve(error.message));
    client.ping((error, reply) => resolve(error ? error.message : reply));
  });
  client.end(false);
  return told;
}
