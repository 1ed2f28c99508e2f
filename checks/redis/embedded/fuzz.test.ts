import net from 'node:net';
import os from 'node:os';
import * as assert from 'uvu/assert';
import { suite } from '../../support/suite';
import { encode } from '../../tools/comparison/line';
import { Random } from '../../tools/comparison/random';
import { readMutatedFiles } from '../../tools/soak/rdb-files';
import { soak } from '../../tools/soak/run';
import { saveAndLoad } from '../../tools/soak/saves';
import { type RealRedis, startRealRedis } from './conformance/real';
import { type Place, Wire } from './conformance/wire';
import { portOf, withRedis } from './conformance/with-redis';

const MEGABYTE = 1024 * 1024;

/** Limits on what a client may send, leave unread and hold, in Redis's own words. */
const limits = suite('embedded limits');
let real: RealRedis | undefined;

limits.before(async () => {
  real = await startRealRedis();
  if (real) {
    const wire = await Wire.open(real.place);
    await wire.ask(`CONFIG SET proto-max-bulk-len ${64 * MEGABYTE}`);
    wire.close();
    return;
  }
  assert.is.not(process.env.CI, 'true', 'CI must have redis-server on its PATH');
  console.log('redis-server is not on the PATH: nothing to compare the limits with.');
});

limits.after(() => real?.stop());

/** Bytes, and what every Redis answers before it closes the connection. */
const refused: Record<string, [bytes: string, answer: string]> = {
  'an argument too large': ['*2\r\n$3\r\nGET\r\n$67108865\r\n', 'invalid bulk length'],
  'an argument of a negative length': ['*2\r\n$3\r\nGET\r\n$-1\r\n', 'invalid bulk length'],
  'a length that is no number': ['*1\r\n$1x\r\n', 'invalid bulk length'],
  'a length with a zero in front': ['*1\r\n$04\r\nPING\r\n', 'invalid bulk length'],
  'too many arguments': ['*2147483648\r\n', 'invalid multibulk length'],
  'a count that is no number': ['*x\r\n', 'invalid multibulk length'],
  'no count': ['*\r\n', 'invalid multibulk length'],
  'a count with a zero in front': ['*01\r\n$4\r\nPING\r\n', 'invalid multibulk length'],
  'an array in an array': ['*1\r\n*1\r\n$4\r\nPING\r\n', "expected '$', got '*'"],
  'a line too long': ['x'.repeat(66_000), 'too big inline request'],
  'a count too long': [`*${'1'.repeat(66_000)}`, 'too big mbulk count string'],
  'a length too long': [`*1\r\n$${'1'.repeat(66_000)}`, 'too big bulk count string'],
  'quotes that do not end': ['SET a "b\r\n', 'unbalanced quotes in request'],
};

for (const [name, [bytes, answer]] of Object.entries(refused)) {
  limits(`${name}: ${answer}`, async () => {
    const expected = `-ERR Protocol error: ${answer}\r\n(closed)`;
    await withRedis(async (_wire, { address }) => assert.is(await told(address, bytes), expected));
    if (real) assert.is(await told(real.place, bytes), expected);
  });
}

limits('empty arrays and lines are passed over', async () => {
  const bytes = '*0\r\n*-5\r\n\r\n\r\nPING\r\n';
  await withRedis(async (wire) => {
    wire.send(bytes);
    assert.is(await wire.reply(), '+PONG\r\n');
  });
});

limits('one client more than may be: ERR max number of clients reached', async () => {
  const attempt = async (place: Place) => {
    const first = await Wire.open(place);
    assert.is(await first.ask('CONFIG SET maxclients 2'), '+OK\r\n');
    const second = await Wire.open(place);
    assert.is(await second.ask('PING'), '+PONG\r\n');
    const third = await Wire.open(place);
    assert.is(await third.reply(), '-ERR max number of clients reached\r\n');
    await third.ended();
    second.close();
    while (!(await first.ask('INFO clients')).includes('connected_clients:1\r'));
    const next = await Wire.open(place);
    assert.is(await next.ask('PING'), '+PONG\r\n');
    assert.is(await first.ask('CONFIG SET maxclients 10000'), '+OK\r\n');
    for (const wire of [first, next]) wire.close();
  };
  await withRedis(async (wire, { address }) => {
    wire.close();
    await attempt(address);
  });
  if (real) await attempt(real.place);
});

limits('a client is cut off that holds too much: arguments, a transaction, names', async () => {
  const part = 'x'.repeat(100_000);
  const attempts: ((at: number) => string)[] = [
    (at) => (at === 0 ? '*1000\r\n' : `$${part.length}\r\n${part}\r\n`),
    (at) => encode(at === 0 ? ['MULTI'] : ['ECHO', part]),
    (at) => encode(['WATCH', `${at}${part}`]),
    (at) => encode(['SUBSCRIBE', `${at}${part}`]),
  ];
  await withRedis(async (wire, { address }) => {
    assert.is(await wire.ask(`CONFIG SET client-query-buffer-limit ${MEGABYTE}`), '+OK\r\n');
    for (const bytes of attempts) {
      const other = await Wire.open(address);
      for (let at = 0; at < 12; at += 1) other.send(bytes(at));
      await other.ended();
    }
    assert.is(await wire.ask('PING'), '+PONG\r\n');
  });
});

limits('a client that reads nothing is cut off', async () => {
  await withRedis(async (wire, { address }) => {
    const other = await Wire.open(address);
    await other.ask(`SETRANGE big ${MEGABYTE} x`);
    wire.socket.pause();
    wire.send(encode(['GET', 'big']).repeat(200));
    await gone(other);
    assert.is(await other.ask('PING'), '+PONG\r\n');
    other.close();
  });
});

limits('listens on loopback only', async () => {
  await withRedis(
    async (_wire, instance) => {
      const port = portOf(instance);
      for (const address of otherAddresses()) {
        const socket = net.connect({ port, host: address });
        const outcome = await new Promise((resolve) => {
          socket
            .once('connect', () => resolve('connected'))
            .once('error', () => resolve('refused'));
        });
        socket.destroy();
        assert.is(outcome, 'refused', address);
      }
    },
    { port: 0 },
  );
});

limits('a number of a hundred thousand digits is refused at once', async () => {
  const digits = '1'.repeat(100_000);
  const steps: [string[], string][] = [
    [['SET', 'n', digits], '+OK\r\n'],
    [['INCR', 'n'], '-ERR value is not an integer or out of range\r\n'],
    [['INCRBYFLOAT', 'n', '1'], '-ERR value is not a valid float\r\n'],
    [['ZADD', 'z', `${digits}x`, 'm'], '-ERR value is not a valid float\r\n'],
  ];
  const places = real ? [real.place] : [];
  await withRedis(async (_wire, { address }) => {
    for (const place of [address, ...places]) {
      const wire = await Wire.open(place);
      for (const [args, answer] of steps) {
        wire.send(encode(args));
        assert.is(await wire.reply(), answer);
      }
      wire.close();
    }
  });
});

limits.run();

/** A slice of `npm run soak`. */
const fuzz = suite('embedded fuzz');

fuzz('five thousand random and mutated commands', async () => {
  const bounds = { peak: 512 * MEGABYTE, growth: 32 * MEGABYTE };
  const { faults, processed } = await soak({ seed: 1, commands: 5_000, unread: 1 }, bounds);
  assert.equal(faults, []);
  assert.ok(processed >= 5_000);
});

fuzz('what goes wrong is seen', async () => {
  const { faults } = await soak({ seed: 2, commands: 100, unread: 0 }, { peak: 1, growth: 0 });
  assert.match(faults.join(), /the process took \d+ MB/);
});

fuzz('a thousand mutated RDB files give keys or a named fault', () => {
  const { faults, read, refused } = readMutatedFiles(new Random(3), 1000);
  assert.equal(faults, []);
  assert.ok(read > 0 && refused.size >= 4);
});

fuzz('what SAVE writes, redis-check-rdb accepts and a real Redis loads', async () => {
  if (!real) return;
  const random = new Random(4);
  for (let round = 0; round < 2; round += 1) assert.equal(await saveAndLoad(random), []);
});

fuzz.run();

/** All that comes back until the server closes. */
async function told(place: Place, bytes: string): Promise<string> {
  const wire = await Wire.open(place);
  wire.send(bytes);
  const all = [await wire.reply()];
  await wire.ended();
  wire.close();
  return `${all.join('')}(closed)`;
}

/** Until only this client is left. */
async function gone(other: Wire): Promise<void> {
  const end = Date.now() + 20_000;
  while ((await other.ask('INFO clients')).match(/connected_clients:(\d+)/)?.[1] !== '1') {
    assert.ok(Date.now() < end, 'the client was not cut off');
  }
}

/** Those of this machine's other interfaces. */
function otherAddresses(): string[] {
  return Object.values(os.networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}
