import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import { Queue } from 'bullmq';
import Redis from 'ioredis';
import * as assert from 'uvu/assert';
import { Board } from '../../runner/class/board/board';
import type { WorkEvent } from '../../runner/class/worker/worker-event';
import { createRedis } from '../../runner/redis/public/redis.cjs';
import { BrowserPage } from '../support/browser';
import { suite } from '../support/suite';

/* The queue of a class seen from outside: who may look, what is shown, and what is not. */

const test = suite('class board');

const token = 'a-token-that-nobody-guesses';
const bearer = { authorization: `Bearer ${token}` };

test('nothing is shown without the token, or by another name', () =>
  withBoard(async ({ ask }) => {
    for (const path of ['/', '/metrics', '/api/queues', '/static/js/none.js', '/no-such-page']) {
      assert.is((await ask(path)).status, 401, path);
      assert.is((await ask(path, { authorization: 'Bearer another' })).status, 403, path);
      assert.is((await ask(path, { cookie: 'workbook-board=another' })).status, 403, path);
      assert.is((await ask(`${path}?token=another`)).status, 403, path);
      assert.is((await ask(path, { ...bearer, host: 'rebound.example' })).status, 403, path);
      assert.is((await ask(path, { ...bearer, host: '127.0.0.1.example:80' })).status, 403, path);
    }
    assert.is((await ask('/', { authorization: `Basic ${token}` })).status, 401);
    assert.match((await ask('/')).text, /needs its token\. Open the address/);
  }));

test('the token of the address goes into a cookie, and out of the address', () =>
  withBoard(async ({ ask }) => {
    const first = await ask(`/?token=${token}`);
    assert.is(first.status, 303);
    assert.is(first.headers.location, '/');
    const [cookie = ''] = first.headers['set-cookie'] ?? [];
    assert.match(cookie, /; HttpOnly; SameSite=Strict; Path=\/$/);
    const page = await ask('/', { cookie: `other=1; ${cookie.split(';')[0]}` });
    assert.is(page.status, 200);
    assert.match(page.text, /<title>A class<\/title>/);
    assert.not.match(page.text + JSON.stringify(page.headers), token);
    assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
    const script = /src="(static\/js\/main[^"]*)"/.exec(page.text)?.[1] ?? '';
    assert.is((await ask(`/${script}`, bearer)).status, 200);
  }));

test('a page changes nothing, and shows nothing of what was handed in', () =>
  withBoard(async ({ ask, queue }) => {
    const packed = Buffer.from('const secret = 1;').toString('base64');
    await queue.add('grade', { lessons: ['0', '2'], packed }, { jobId: 's1' });
    const shown = await ask(`/api/queues?activeQueue=${queue.name}&status=latest`, bearer);
    assert.is(shown.status, 200);
    assert.match(shown.text, '"id":"s1"');
    assert.match(shown.text, '"lessons":"0 2","kilobytes":1');
    assert.not.match(shown.text, packed);
    const one = await ask(`/api/queues/${queue.name}/s1`, bearer);
    assert.is(one.status, 200);
    assert.not.match(one.text, packed);
    for (const [method, path] of [
      ['PUT', `/api/queues/${queue.name}/s1/clean`],
      ['PUT', `/api/queues/${queue.name}/pause`],
      ['PUT', `/api/queues/${queue.name}/empty`],
      ['POST', `/api/queues/${queue.name}/add`],
      ['DELETE', `/api/queues/${queue.name}`],
    ] as const) {
      assert.is((await ask(path, bearer, method)).status, 405, `${method} ${path}`);
    }
    assert.is(await queue.getWaitingCount(), 1);
    assert.not(await queue.isPaused());
  }));

test('figures follow the queue and what workers tell', () =>
  withBoard(async ({ ask, queue, board }) => {
    const before = figures((await ask('/metrics', bearer)).text);
    assert.is(before.workbook_class_queue_up, 1);
    assert.is(before.workbook_class_queue_length, 0);
    assert.is(before.workbook_class_graded_total, 0);
    await queue.add('grade', {}, { jobId: 's1' });
    await queue.add('grade', {}, { jobId: 's2', delay: 60_000 });
    board.tell({ worker: 7, event: 'started' });
    const cause = { ms: 12, cause: 'Lesson 0: no.' };
    const told: WorkEvent[] = [
      { event: 'taken', job: 's1', attempt: 1 },
      { event: 'attempt failed', job: 's1', attempt: 1, kind: 'memory', ...cause },
      { event: 'fault', job: 's3', attempt: 3, kind: 'disk', ...cause },
      {
        event: 'graded',
        job: 's1',
        attempt: 2,
        ms: 3000,
        lessons: [
          { name: '0', verdict: 'passed', ms: 700 },
          { name: '1', verdict: 'missing', ms: 1 },
        ],
      },
    ];
    for (const event of told) board.tell({ worker: 7, ...event });
    const { text, headers } = await ask('/metrics', bearer);
    assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
    const after = figures(text);
    assert.is(after['workbook_class_jobs{state="wait"}'], 1);
    assert.is(after['workbook_class_jobs{state="delayed"}'], 1);
    assert.is(after.workbook_class_queue_length, 2);
    assert.is(after.workbook_class_workers, 1);
    assert.is(after.workbook_class_graded_total, 1);
    assert.is(after['workbook_class_failed_attempts_total{cause="memory"}'], 1);
    assert.is(after['workbook_class_failed_attempts_total{cause="disk"}'], 1);
    assert.is(after['workbook_class_faults_total{cause="disk"}'], 1);
    assert.is(after['workbook_class_lesson_seconds_bucket{le="0.5",lesson="0"}'], 0);
    assert.is(after['workbook_class_lesson_seconds_bucket{le="1",lesson="0"}'], 1);
    assert.is(after['workbook_class_lesson_seconds_count{lesson="1"}'], undefined);
    assert.is(after.workbook_class_submission_seconds_sum, 3);
  }));

test('a Redis that is away is told of, and waited for by nobody', () =>
  withBoard(async ({ ask, stopRedis }) => {
    await stopRedis();
    const { status, text } = await ask('/metrics', bearer);
    assert.is(status, 200);
    assert.is(figures(text).workbook_class_queue_up, 0);
    assert.is(figures(text).workbook_class_queue_length, undefined);
  }));

test('no other machine reaches it', () =>
  withBoard(async ({ board }) => {
    const port = Number(new URL(board.address).port);
    const others = Object.values(os.networkInterfaces())
      .flat()
      .filter((one) => one?.family === 'IPv4' && !one.internal)
      .map((one) => one?.address ?? '');
    // Another address of the loopback stands for all where there is no network.
    for (const host of [...others, '127.0.0.2']) assert.is(await connects(host, port), false, host);
    assert.is(await connects('127.0.0.1', port), true);
  }));

test(
  'a browser draws it, and asks nobody else',
  () =>
    withBoard(async ({ board }) => {
      const page = await BrowserPage.open();
      try {
        await page.visit(`${board.address}?token=${token}`);
        assert.is(await page.evaluate('location.href'), board.address);
        await page.evaluate(
          `new Promise((drawn) => {
            const look = () => /class/i.test(document.querySelector('#root').innerText) ? drawn() : requestAnimationFrame(look);
            look();
          })`,
        );
        assert.is(await page.evaluate('document.cookie'), '', 'no script reads the token');
        const elsewhere = page.requests.filter((url) => !url.startsWith(board.address));
        // Asked for by bull-board's page, and refused by the policy.
        assert.equal(
          elsewhere.filter((url) => !url.startsWith('https://fonts.googleapis.com/')),
          [],
        );
      } finally {
        await page.close();
      }
    }),
  { needs: ['chromium'] },
);

test.run();

interface Opened {
  board: Board;
  queue: Queue;
  ask: (path: string, headers?: Record<string, string>, method?: string) => Promise<Answer>;
  stopRedis: () => Promise<void>;
}

interface Answer {
  status: number | undefined;
  headers: http.IncomingHttpHeaders;
  text: string;
}

async function withBoard(use: (opened: Opened) => Promise<void>): Promise<void> {
  const redis = await createRedis({ password: 'secret' });
  const { url } = redis;
  const client = new Redis(url);
  client.on('error', () => {});
  const queue = new Queue('class-test', { connection: client });
  const board = await Board.open({ port: 0, token, url, queue: queue.name });
  const ask: Opened['ask'] = (path, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      const address = new URL(path, board.address);
      // Not by fetch, which chooses the Host itself.
      const request = http.request(address, { method, headers, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece) => {
          text += piece;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, text }),
        );
      });
      request.on('error', reject).end();
    });
  try {
    await use({ board, queue, ask, stopRedis: () => redis.close() });
  } finally {
    board.close();
    client.disconnect();
    await redis.close();
  }
}

/** Each line of what Prometheus reads, by its name and labels. @throws for a line of another form */
function figures(text: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value] = /^([a-z_]+(?:\{[^}]*\})?) (\S+)$/.exec(line) ?? [];
      assert.ok(name !== '' && !Number.isNaN(Number(value)), line);
      return [name, Number(value)];
    }),
  );
}

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.setTimeout(2000, () => {
      socket.destroy();
      resolve(false);
    });
  });
}
