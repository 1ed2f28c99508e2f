import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import express from 'express';
import { versions, Workshop } from '../bullmq/workshop';
import type { Feature } from '../features';
import type { Server } from '../servers';
import { alike } from './transcripts';

/** Milliseconds that no test lasts. */
const long = 3_600_000;

interface Reply {
  status: number;
  body: unknown;
}

/** A board over one queue with a job in each state, served over HTTP. */
export class Board {
  #url = '';

  constructor(
    readonly server: Server,
    readonly name: string,
  ) {}

  static #made: Record<Server['name'], number> = { real: 0, embedded: 0 };

  /** Its queues have the same names on both servers. */
  static async within(server: Server, run: (board: Board) => Promise<void>): Promise<void> {
    const board = new Board(server, `board${++Board.#made[server.name]}`);
    await Workshop.within(versions[6])(server, async (shop) => {
      await board.#fill(shop);
      await board.#serve(shop);
      await run(board);
    });
  }

  /** Asks one of its API's routes. */
  async ask(method: string, route: string, body?: unknown): Promise<Reply> {
    const reply = await fetch(`${this.#url}/api${route}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    const text = await reply.text();
    return { status: reply.status, body: text === '' ? '' : JSON.parse(text) };
  }

  get(route: string): Promise<Reply> {
    return this.ask('GET', route);
  }

  /** A route of the queue. */
  at(route: string): string {
    return `/queues/${this.name}${route}`;
  }

  async page(): Promise<string> {
    return (await fetch(this.#url)).text();
  }

  async #fill(shop: Workshop): Promise<void> {
    const queue = shop.queue({}, this.name);
    const worker = shop.worker(null, { lockDuration: long }, this.name);
    for (const jobId of ['done', 'bad', 'busy']) await queue.add('work', { jobId }, { jobId });
    const [done, bad] = [await worker.getNextJob('t'), await worker.getNextJob('t')];
    await done?.log('first line');
    await done?.updateProgress(70);
    await done?.moveToCompleted({ sum: 3 }, 't', false);
    const error = new Error('out of honey');
    error.stack = 'Error: out of honey\n    at hive';
    await bad?.moveToFailed(error, 't', false);
    assert.equal((await worker.getNextJob('t'))?.id, 'busy');
    await queue.add('work', { n: 1 }, { jobId: 'later', delay: long });
    await queue.add('work', { n: 2 }, { jobId: 'urgent', priority: 5 });
    await queue.add('work', { n: 3 }, { jobId: 'next' });
    await shop.flow().add({
      name: 'parent',
      queueName: this.name,
      opts: { jobId: 'parent' },
      children: [
        { name: 'child', queueName: `${this.name}-children`, opts: { jobId: 'child' }, data: 1 },
      ],
    });
    await queue.upsertJobScheduler('nightly', { every: 24 * long }, { name: 'sweep' });
  }

  async #serve(shop: Workshop): Promise<void> {
    const serverAdapter = new ExpressAdapter();
    serverAdapter.setBasePath('/board');
    const queues = [this.name, `${this.name}-children`].map((name) => shop.queue({}, name));
    createBullBoard({
      queues: queues.map((queue) => new BullMQAdapter(queue)),
      serverAdapter,
    });
    const app = express();
    app.use('/board', serverAdapter.getRouter());
    const http = app.listen(0, '127.0.0.1');
    await once(http, 'listening');
    shop.after(async () => {
      http.closeAllConnections();
      http.close();
    });
    this.#url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/board`;
  }
}

/** Without moments: they are what differs from run to run, in numbers, texts and names of jobs. */
function timeless(value: unknown): unknown {
  const text = JSON.stringify(value, (key, one) =>
    ['delay', 'iterationDelay', 'offset'].includes(key) && typeof one === 'number'
      ? 'so long'
      : one,
  );
  return JSON.parse(text.replace(/\b\d{13}\b/g, '0'));
}

const states = [
  'latest',
  'active',
  'waiting',
  'waiting-children',
  'prioritized',
  'completed',
  'failed',
  'delayed',
  'paused',
];

const ids = ['done', 'bad', 'busy', 'later', 'urgent', 'next', 'parent', 'none'];

/** What a board's user does to jobs and to the queue. */
const deeds: readonly (readonly [string, string, string, unknown?])[] = [
  ['a job is added', 'POST', '/add', { name: 'new', data: { n: 9 }, options: { jobId: 'new' } }],
  ['a failed job is tried again', 'PUT', '/bad/retry'],
  ['all failed jobs are tried again', 'PUT', '/retry/failed'],
  ['all completed jobs are tried again', 'PUT', '/retry/completed'],
  ['a delayed job is promoted', 'PUT', '/later/promote'],
  ['all delayed jobs are promoted', 'PUT', '/promote'],
  ['a job is removed', 'PUT', '/next/clean'],
  ['completed jobs are cleaned away', 'PUT', '/clean/completed'],
  ['failed jobs are cleaned away', 'PUT', '/clean/failed'],
  ['the queue is paused', 'PUT', '/pause'],
  ['a queue that is not paused is resumed', 'PUT', '/resume'],
  ['the queue is emptied', 'PUT', '/empty'],
  ['the queue is obliterated', 'PUT', '/obliterate', { force: true }],
  ['its concurrency is set', 'PUT', '/concurrency', { concurrency: 4 }],
  ['its rate is limited', 'PUT', '/rate-limit', { max: 5, duration: 1000 }],
  ["a job's data is changed", 'PATCH', '/next/update-data', { jobData: { n: 30 } }],
  ['a delay is changed', 'PATCH', '/later/delay', { delay: 2 * long }],
  ['a priority is changed', 'PATCH', '/urgent/priority', { priority: 9 }],
  ['children not begun are removed', 'PUT', '/parent/remove-unprocessed-children'],
  ['a schedule is removed', 'PUT', '/job-schedulers/nightly/remove'],
];

export const bullBoard: readonly Feature<Board>[] = [
  {
    title: 'its page is served, and says what Redis it stands on',
    async run(board) {
      assert.match(await board.page(), /<html/);
      const { status, body } = await board.get('/redis/stats');
      assert.equal(status, 200);
      const { version, mode, port, memory, clients } = body as {
        version: string;
        mode: string;
        port: number;
        memory: Record<string, number>;
        clients: { connected: number };
      };
      assert.deepEqual([version, mode, port], ['7.0.15', 'standalone', board.server.port]);
      assert.ok(clients.connected > 0 && Number(memory.used) > 0);
      for (const [name, bytes] of Object.entries(memory)) {
        assert.ok(Number.isFinite(bytes), `${name} is a number`);
      }
    },
  },
  ...states.map((state) =>
    alike<Board>(`jobs are listed: ${state}`, async (board) =>
      timeless(await board.get(`/queues?activeQueue=${board.name}&status=${state}&page=1`)),
    ),
  ),
  ...ids.map((id) =>
    alike<Board>(`a job is shown, with its logs and its flow: ${id}`, async (board) => {
      const routes = [`/${id}`, `/${id}/logs`, `/${id}/flow`];
      return timeless(await Promise.all(routes.map((route) => board.get(board.at(route)))));
    }),
  ),
  alike('schedules, metrics, options and limits are shown', async (board) => {
    const own = ['/metrics', '/default-job-options', '/rate-limit', '/job-data-schema'];
    const routes = ['/job-schedulers', ...own.map((route) => board.at(route)), '/queues'];
    return timeless(await Promise.all(routes.map((route) => board.get(route))));
  }),
  alike('workers are shown', async (board) => {
    const { status, body } = await board.get(board.at('/workers'));
    const { workers } = body as { workers: Record<string, unknown>[] };
    return [status, workers.map((worker) => [Object.keys(worker), worker.name])];
  }),
  ...deeds.map(([title, method, route, body]) =>
    alike<Board>(title, async (board) => {
      const reply = await board.ask(method, board.at(route), body);
      const after = await board.get(`/queues?activeQueue=${board.name}&status=latest`);
      return timeless([reply, after]);
    }),
  ),
  alike('all queues are paused and resumed', async (board) => [
    await board.ask('PUT', '/queues/pause'),
    timeless(await board.get('/queues')),
    await board.ask('PUT', '/queues/resume'),
    timeless(await board.get('/queues')),
  ]),
];
