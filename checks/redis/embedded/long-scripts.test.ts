import * as assert from 'uvu/assert';
import { suite } from '../../support/suite';
import { encode } from '../../tools/comparison/line';
import { type RealRedis, startRealRedis } from './conformance/real';
import { type Place, Wire } from './conformance/wire';
import { withRedis } from './conformance/with-redis';

/** A script that does not end: what the others hear meanwhile, and what ends it. */
const long = suite('long scripts', { needs: ['redis-server'] });
let real: RealRedis | undefined;

long.before(async () => {
  real = await startRealRedis();
});

long.after(() => real?.stop());

const endless: Record<string, string> = {
  'a loop': 'while true do end',
  'a loop in pcall': 'while true do pcall(function() while true do end end) end',
  'a loop in a function of its own': 'local function f() while true do end end f()',
  'a loop of commands': "while true do redis.call('ping') end",
};

const asked = [
  'GET a',
  'PING',
  'EVAL "return 1" 0',
  'SCRIPT EXISTS a',
  'EXEC',
  'MULTI',
  'DISCARD',
  'WATCH a',
  'UNWATCH',
  'SHUTDOWN SAVE',
  'FOO',
  'GET',
];

for (const [name, script] of Object.entries(endless)) {
  long(`${name} is told of, and killed`, async () => {
    assert.ok(real, 'redis-server does not start');
    const theirs = await killed(real.place, script);
    await withRedis(async (_wire, { address }) => {
      assert.equal(await killed(address, script), theirs);
    });
  });
}

long('a function that does not end is told of, and killed', async () => {
  assert.ok(real, 'redis-server does not start');
  const theirs = await killedFunction(real.place);
  await withRedis(async (_wire, { address }) => {
    assert.equal(await killedFunction(address), theirs);
  });
});

long('a script that has written is not killed: only SHUTDOWN NOSAVE ends it', async () => {
  const script = "redis.call('set', 'a', 1) while true do end";
  const attempt = async (place: Place) => {
    const { other } = await start(place, script);
    const seen = [await other.ask('SCRIPT KILL'), await other.ask('SHUTDOWN')];
    other.send(encode(['SHUTDOWN', 'NOSAVE']));
    await other.ended();
    return seen;
  };
  const mortal = await startRealRedis();
  assert.ok(mortal);
  const theirs = await attempt(mortal.place);
  await mortal.stop();
  await withRedis(async (_wire, { address }) => assert.equal(await attempt(address), theirs));
});

long('a script that takes its time gives its reply, and others wait for it', async () => {
  const script =
    "local n = 0 while n < 3000000 do n = n + 1 end redis.call('set', 'n', n) return n";
  await withRedis(async (wire, { address }) => {
    const other = await Wire.open(address);
    wire.send(encode(['EVAL', script, '0']) + encode(['GET', 'n']));
    other.send(encode(['GET', 'n']));
    assert.is(await wire.reply(), ':3000000\r\n');
    assert.is(await wire.reply(), '$7\r\n3000000\r\n');
    await other.reply();
    assert.is(await other.ask('GET n'), '$7\r\n3000000\r\n');
    other.close();
  });
});

long.run();

/** An endless script, run for one client, and the connection of another that has heard of it. */
async function start(place: Place, script: string): Promise<{ owner: Wire; other: Wire }> {
  return startCommand(place, ['EVAL', script, '0']);
}

async function startCommand(place: Place, words: string[]): Promise<{ owner: Wire; other: Wire }> {
  const [owner, other] = [await Wire.open(place), await Wire.open(place)];
  await other.ask('CONFIG SET busy-reply-threshold 1');
  owner.send(encode(words));
  while (!(await other.ask('GET a')).startsWith('-BUSY'));
  return { owner, other };
}

async function killed(place: Place, script: string): Promise<string[]> {
  const { owner, other } = await start(place, script);
  const seen: string[] = [];
  for (const line of [...asked, 'SCRIPT KILL']) seen.push(await other.ask(line));
  seen.push(await owner.reply(), await other.ask('GET a'), await other.ask('SCRIPT KILL'));
  for (const wire of [owner, other]) wire.close();
  return seen;
}

async function killedFunction(place: Place): Promise<string[]> {
  const { owner, other } = await startCommand(place, await spinning(place));
  const seen: string[] = [];
  for (const line of ['FUNCTION STATS', 'FUNCTION LIST', 'FCALL spin 0', 'SCRIPT KILL', 'GET a']) {
    seen.push((await other.ask(line)).replace(/(?<=duration_ms\r\n:)\d+/, ''));
  }
  seen.push(await other.ask('FUNCTION KILL'), await owner.reply());
  seen.push(await other.ask('FUNCTION KILL'), await other.ask('FUNCTION STATS'));
  for (const wire of [owner, other]) wire.close();
  const script = await start(place, 'while true do end');
  for (const line of ['FUNCTION STATS', 'FUNCTION KILL', 'SCRIPT KILL']) {
    seen.push(await script.other.ask(line));
  }
  seen.push(await script.owner.reply(), await script.other.ask('FUNCTION FLUSH'));
  for (const wire of [script.owner, script.other]) wire.close();
  return seen;
}

/** Loads a function that does not end. @returns the words that call it */
async function spinning(place: Place): Promise<string[]> {
  const wire = await Wire.open(place);
  const body = "redis.register_function('spin', function() while true do end end)";
  wire.send(encode(['FUNCTION', 'LOAD', `#!lua name=endless\n${body}`]));
  await wire.reply();
  wire.close();
  return ['fcall', 'Spin', '1', 'a', 'b'];
}
