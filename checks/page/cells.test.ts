import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { Session } from '../../runner/commands/session';
import type { CellRun, LeftKey } from '../../runner/page/protocol';
import { Cells } from '../../runner/page/server/cells/cells';
import { EventStream } from '../../runner/page/server/event-stream';
import { withLearnersRedis } from '../support/learner-redis';
import { ownTemporaryFolder } from '../support/leftovers';
import { freePort } from '../support/redis-probe';
import { suite } from '../support/suite';
import { ServedPage, silent, textsOf } from './support/served-page';

const test = suite('cells of the page');

const lesson = 'queuing/publisher-subscriber';
const client = "import redis from 'redis';\nconst client = redis.createClient();\n";
let page: ServedPage;

test.before(async () => {
  page = await ServedPage.open({}, { offline: true });
  await page.listen();
});

test.after(() => page.close());

const hasEnded = ({ status }: CellRun) => status.state === 'ended';

test('a cell prints, sends commands, and leaves keys', async () => {
  const text = `${client}client.set('seat', 'Ada', () => { console.log('<script>1</script>'); client.quit(); });`;
  const seen = await page.waitForRun(await page.run(lesson, text), hasEnded);
  assert.equal(seen.status, { state: 'ended', words: 'Ended.', well: true });
  assert.equal(textsOf(seen, 'output'), ['<script>1</script>']);
  assert.ok(textsOf(seen, 'command').includes('SET seat Ada'));
  assert.ok(textsOf(seen, 'reply').includes('OK'));
  assert.equal(seen.keys, [{ key: 'seat', type: 'string', value: 'Ada' }]);
  const told = page.events.filter((event) => event.kind === 'cell' && event.run === seen.run);
  assert.ok(told.length > 1, 'it was told while it ran');
});

test('what is changed and run again finds what is in Redis, until it is emptied', async () => {
  const text = `${client}client.incr('count', (_, n) => { console.log(n); client.quit(); });`;
  for (const count of ['1', '2']) {
    const seen = await page.waitForRun(await page.run(lesson, text), hasEnded);
    assert.equal(textsOf(seen, 'output'), [count]);
  }
  await page.served('POST', `/lessons/${lesson}/redis/clear`, {});
  assert.equal(await page.served<LeftKey[]>('GET', `/lessons/${lesson}/redis`), []);
  const seen = await page.waitForRun(await page.run(lesson, text), hasEnded);
  assert.equal(textsOf(seen, 'output'), ['1']);
});

test('a cell that subscribes hears what another publishes, and goes on until it is stopped', async () => {
  const subscriber = `${client}client.on('message', (_, text) => console.log(text));\nclient.subscribe('news', () => console.log('listens'));`;
  const hearing = await page.run(lesson, subscriber, 1);
  await page.waitForRun(hearing, (now) => textsOf(now, 'output').includes('listens'));
  const publisher = `${client}client.publish('news', 'rain', () => client.quit());`;
  await page.waitForRun(await page.run(lesson, publisher, 2), hasEnded);
  const now = await page.waitForRun(hearing, (one) => textsOf(one, 'output').includes('rain'));
  assert.equal(now.status.state, 'runs');
  await page.served('POST', `/runs/${hearing}/stop`, {});
  const { status } = await page.waitForRun(hearing, hasEnded);
  assert.equal(status, { state: 'ended', words: 'Stopped.', well: true });
});

test('a fault is shown as that of any program, without where the cell lies', async () => {
  const seen = await page.waitForRun(await page.run(lesson, '\nclient.get("seat");', 3), hasEnded);
  assert.equal(seen.status, { state: 'ended', words: 'Ended with exit code 1.', well: false });
  const errors = textsOf(seen, 'errors').join('\n');
  assert.match(errors, 'ReferenceError: client is not defined');
  assert.match(errors, /^[^/]*cell-4\.ts:2/m);
});

test('a cell imports what the lesson is about, by the name of its file', async () => {
  const text =
    "import jobs from './8-job';\nimport { createQueue } from 'kue';\nconsole.log(typeof jobs, typeof createQueue);\nprocess.exit();";
  const seen = await page.waitForRun(await page.run('queuing/job-function', text), hasEnded);
  assert.equal(textsOf(seen, 'output'), ['function function']);
});

test('a prompt shows replies as redis-cli does, and keeps its state', async () => {
  const run = randomUUID();
  const enter = (text: string) => page.served('POST', `/lessons/${lesson}/prompt`, { run, text });
  const waits = ({ status }: CellRun) => status.state === 'waits';
  await enter('SET a 1\nINCR a\nLPUSH l x y\nLRANGE l 0 -1\nMULTI');
  const seen = await page.waitForRun(run, waits);
  assert.equal(textsOf(seen, 'reply'), [
    'OK',
    '(integer) 2',
    '(integer) 2',
    '1) "y"\n2) "x"',
    'OK',
  ]);
  assert.equal(seen.status.prompt, '127.0.0.1:6379(TX)> ');
  await enter('DISCARD');
  await page.waitForRun(run, (now) => waits(now) && textsOf(now, 'reply').length === 6);
  await enter('SUBSCRIBE news');
  await page.waitForRun(run, (now) => textsOf(now, 'reply').some((one) => one.includes('news')));
  assert.is(
    (await page.ask('POST', `/lessons/${lesson}/prompt`, { run, text: 'PING' })).status,
    400,
  );
  await page.served('POST', `/runs/${run}/stop`, {});
  await page.waitForRun(run, waits);
  await enter('exit');
  await page.waitForRun(run, hasEnded);
});

test('what prints without end is stopped', async () => {
  const text = "for (;;) console.log('again');";
  const { status, events } = await page.waitForRun(await page.run(lesson, text), hasEnded);
  assert.equal(status.words, 'Stopped: it printed more than there is room for.');
  assert.ok(events.length <= 2001);
});

test('what goes on after there is no more room to show it says so', async () => {
  const text = 'for (let n = 0; n < 3000; n += 1) console.log(n);\nsetInterval(() => {}, 1000);';
  const run = await page.run(lesson, text);
  const seen = await page.waitForRun(run, ({ status }) => status.words !== '');
  assert.equal(seen.status, { state: 'runs', words: 'Runs; more is not shown here.' });
  assert.is(seen.events.length, 2000);
  await page.served('POST', `/runs/${run}/stop`, {});
});

test('so many cells run at once, and no more', async () => {
  const place = `/lessons/${lesson}/cells`;
  const text = 'setInterval(() => {}, 1000);';
  const runs = Array.from({ length: 8 }, () => randomUUID());
  const answers = await Promise.all(
    runs.map((run) => page.ask('POST', place, { run, place: 0, text })),
  );
  const refused = answers.filter(({ status }) => status === 400);
  assert.is(refused.length, 2);
  assert.match((await refused[0]?.text()) ?? '', '6 cells run already');
  const started = runs.filter((_, at) => answers[at]?.status === 202);
  await Promise.all(started.map((run) => page.served('POST', `/runs/${run}/stop`, {})));
});

test('a Redis that is ended at the prompt is followed by a new one', async () => {
  const other = 'queuing/async-operations';
  const run = randomUUID();
  await page.served('POST', `/lessons/${other}/prompt`, { run, text: 'SET a 1\nSHUTDOWN NOSAVE' });
  await page.waitForRun(run, hasEnded);
  const text = `${client}client.get('a', (_, a) => { console.log(a); client.quit(); });`;
  const seen = await page.waitForRun(await page.run(other, text), hasEnded);
  assert.equal(textsOf(seen, 'output'), ['null']);
});

test(
  'on a Redis of the learner’s cells hear each other too, and leave its data alone',
  async () => {
    await withLearnersRedis(await freePort(), async ({ url }) => {
      const own = await ServedPage.open({}, { redis: url });
      try {
        await own.listen();
        const run = randomUUID();
        const hears = `/lessons/${lesson}/prompt`;
        await own.served('POST', hears, { run, text: 'SUBSCRIBE news' });
        await own.waitForRun(run, (now) => textsOf(now, 'reply').length > 0);
        const publisher = `${client}client.set('a', 1);\nclient.publish('news', 'rain', (_, n) => { console.log(n); client.quit(); });`;
        const said = await own.waitForRun(await own.run(lesson, publisher), hasEnded);
        assert.equal(textsOf(said, 'output'), ['1']);
        assert.equal(said.keys, [{ key: 'a', type: 'string', value: '1' }]);
        await own.waitForRun(run, (now) => textsOf(now, 'reply').some((one) => /rain/.test(one)));
      } finally {
        await own.close();
      }
    });
  },
  { needs: ['redis-server'] },
);

test('without the token, and for another page, no cell runs', async () => {
  const body = { run: randomUUID(), place: 0, text: "console.log('ran')" };
  const place = `/lessons/${lesson}/cells`;
  const strangers: Record<string, string>[] = [{ Cookie: '' }, { Origin: 'http://evil.example' }];
  for (const headers of strangers) {
    const { status } = await page.ask('POST', place, body, headers);
    assert.ok(status === 401 || status === 403, `${status}`);
  }
  assert.is((await page.ask('GET', `/runs/${body.run}`)).status, 400);
});

test('what runs ends when it is stopped at its start, or no page listens any more, and leaves nothing', async () => {
  const left = ownTemporaryFolder();
  try {
    const events = new EventStream();
    const session = new Session({ offline: true }, silent(), new AbortController().signal);
    const { lesson: one } = session.find('queuing/5');
    const cells = new Cells(session, events, { unheard: 200 });
    const text = 'setInterval(() => {}, 1000);';
    const starting = cells.run(one, 'stopped', { place: 0, text });
    await cells.stop('stopped');
    await starting;
    while (cells.whole('stopped').status.state !== 'ended') await nextLook();
    await cells.run(one, 'forgotten', { place: 0, text: 'setInterval(() => {}, 1000);' });
    await cells.enter(one, 'prompt', 'SET a 1');
    while (cells.whole('forgotten').status.state !== 'ended') await nextLook();
    while (cells.whole('prompt').status.state !== 'ended') await nextLook();
    events.close();
    await cells.close();
    await left.none(false);
  } finally {
    left.remove();
  }
});

test.run();

function nextLook(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
