import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { CellRun, ServerAnswers } from '../../runner/page/protocol';
import { suite } from '../support/suite';
import { ServedPage, textsOf } from './support/served-page';

const test = suite('routes of a lesson’s server in the page');

const lesson = 'queuing/in-stock';
const server = `
import express from 'express';
import redis from 'redis';
const client = redis.createClient();
const app = express();
app.get('/next', (request, response) => {
  client.incr('count', (_, count) => response.json({ isSold: count > 3 }));
});
app.get('/text', (request, response) => {
  response.set('X-Own', '<b>').status(404).send('<script>1</script>');
});
app.get('/never', () => process.exit(3));
app.listen(1245, () => console.log('listens'));
`;
let page: ServedPage;
let run: string;

test.before(async () => {
  page = await ServedPage.open({ '9-stock.ts': server }, { offline: true });
  await page.listen();
  run = randomUUID();
  await page.served('POST', `/lessons/${lesson}/server`, { run });
  const now = await page.waitForRun(run, ({ status }) => status.port !== undefined);
  assert.is(now.status.port, 1245);
});

test.after(() => page.close());

const asks = (path: string, times = 1) => page.ask('POST', `/runs/${run}/ask`, { path, times });
const answersTo = async (path: string, times?: number): Promise<ServerAnswers> =>
  // It is served, or the test fails where it reads it.
  (await (await asks(path, times)).json()) as ServerAnswers;

test('one question gets status, headers and body', async () => {
  const { answers } = await answersTo('/text');
  const [answer] = answers;
  assert.is(answers.length, 1);
  assert.is(answer?.status, 404);
  assert.is(answer?.body, '<script>1</script>');
  assert.equal(
    answer?.headers.find(([name]) => name === 'X-Own'),
    ['X-Own', '<b>'],
  );
});

test('of a crowd it is counted who got what, and the prompt sees what it left', async () => {
  const { answers, omitted } = await answersTo('/next', 50);
  assert.equal(
    answers.map(({ count, body }) => [count, JSON.parse(body)]),
    [
      [47, { isSold: true }],
      [3, { isSold: false }],
    ],
  );
  assert.is(omitted, 0);
  const prompt = randomUUID();
  await page.served('POST', `/lessons/${lesson}/prompt`, { run: prompt, text: 'GET count' });
  const seen = await page.waitForRun(prompt, ({ status }) => status.state === 'waits');
  assert.equal(textsOf(seen, 'reply'), ['"50"']);
});

test('what is no path, and more than a page may send, is refused', async () => {
  for (const [path, times] of [
    ['next', 1],
    ['/a b', 1],
    ['/next', 1001],
    ['/next', 0],
    ['/\r\nHost: a', 1],
  ] as const) {
    assert.is((await asks(path, times)).status, 400, `${path} ${times}`);
  }
});

test('a lesson without a server starts none', async () => {
  const { status } = await page.ask('POST', '/lessons/queuing/job-function/server', {
    run: randomUUID(),
  });
  assert.is(status, 400);
});

test('a server that ends gives no answer, and is asked no more', async () => {
  const { answers } = await answersTo('/never');
  assert.is(answers[0]?.status, undefined);
  const hasEnded = ({ status }: CellRun) => status.state === 'ended';
  const { status } = await page.waitForRun(run, hasEnded);
  assert.is(status.words, 'Ended with exit code 3.');
  assert.match(await (await asks('/next')).text(), 'The server has ended.');
});

test.run();
