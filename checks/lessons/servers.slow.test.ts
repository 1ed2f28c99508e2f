import assert from 'node:assert/strict';
import path from 'node:path';
import { Keyspace } from '../../runner/grading/program/keyspace';
import { ProgramRun } from '../../runner/grading/program/program-run';
import { findRedis, installedServer } from '../../runner/redis/find';
import type { RedisSource } from '../../runner/redis/instance';
import { Sandbox } from '../../runner/sandbox/sandbox';
import type { Answer } from '../../runner/vocabulary/http/answer';
import { runLoad } from '../../runner/vocabulary/http/load';
import { Server } from '../../runner/vocabulary/http/server';
import { queuing } from '../support/queuing';
import { suite } from '../support/suite';

const test = suite('servers');

/*
 * What 9-stock and 100-seat in `going-further/` promise beyond their tasks: nothing is given twice,
 * and an outage of Redis is told at once and survived.
 */

const lessons = path.join(__dirname, '../../lessons/queuing');
const stock = path.join(lessons, '12-in-stock/going-further/9-stock.ts');
const seats = path.join(lessons, '13-seats/going-further/100-seat.ts');

/** How soon a route must answer while Redis is down, in ms. */
const soon = 1_000;

/** How long the way back may take once Redis takes connections again, in ms. */
const wayBack = 10_000;

/** A server at work. */
interface World {
  sandbox: Sandbox;
  server: Server;
  /** Sends GET and tells how long the answer took. */
  get(path: string): Promise<Answer & { ms: number }>;
  /** Cuts every connection to Redis and refuses new ones. */
  down(): void;
  /** Takes connections again, and waits until the server has those that it had. */
  up(): Promise<void>;
}

async function withServer(
  source: RedisSource,
  file: string,
  redisDown: boolean,
  work: (world: World) => Promise<void>,
): Promise<void> {
  const sandbox = await Sandbox.open(source);
  try {
    const program = await sandbox.start({ name: 'server', file, redisDown });
    const running = new ProgramRun(sandbox, program, queuing);
    const redis = new Keyspace(sandbox.connection);
    const server = new Server({ sandbox, redis, signal: undefined }, running, {
      timers: 0,
    });
    if (redisDown) await running.waitUntil(() => program.servers.has(1245));
    else await server.waitUntilListening();
    let open = 1;
    await work({
      sandbox,
      server,
      async get(route) {
        const start = performance.now();
        const answer = await server.ask(route, 10 * soon).answer;
        if (answer instanceof Error) throw answer;
        return { ...answer, ms: performance.now() - start };
      },
      down() {
        open = program.tap.open;
        program.tap.refuse();
      },
      async up() {
        await program.tap.accept();
        await sandbox.journal.until(() => program.tap.open >= open, wayBack);
        await server.waitForIdle();
      },
    });
    assert.equal(program.exit, undefined, 'the server lives');
  } finally {
    await sandbox.close();
  }
}

async function answersAnError(world: World, route: string): Promise<void> {
  const { json, status, contentType, ms } = await world.get(route);
  assert.match(contentType, /^application\/json\b/, route);
  assert.ok(status >= 500, `${route} answers ${status}`);
  assert.equal(typeof (json as { status?: unknown }).status, 'string', route);
  assert.ok(ms < soon, `${route} takes ${Math.round(ms)} ms`);
}

const product = {
  itemId: 1,
  itemName: 'Suitcase 250',
  price: 50,
  initialAvailableQuantity: 4,
};

function promises(kind: string, source: RedisSource): void {
  // Two are the harder case: the embedded Redis is tried with that alone.
  for (const servers of source.kind === 'embedded' ? [2] : [1, 2]) {
    const processes = servers === 1 ? 'one process' : 'two processes';
    for (const file of [stock, seats]) {
      const name = path.basename(file);
      test(`${name}: 500 reservations at once, ${processes}, ${kind}`, async () => {
        const folder = path.dirname(path.dirname(file));
        const load = path.join(folder, 'load.ts');
        const result = await runLoad({
          load,
          file,
          folder,
          course: queuing,
          servers,
          redis: source,
        });
        assert.equal(result.requests, 500);
        assert.equal(result.firstError, undefined);
        assert.ok(result.tallies.length > 0);
        for (const { what, there, given } of result.tallies) assert.equal(given, there, what);
      });
    }
  }

  test(`9-stock tells an outage and comes back from it, ${kind}`, () =>
    withServer(source, stock, false, async (world) => {
      const confirmed = { status: 'Reservation confirmed', itemId: 1 };
      assert.deepEqual((await world.get('/reserve_product/1')).json, confirmed);

      world.down();
      await answersAnError(world, '/list_products/1');
      await answersAnError(world, '/reserve_product/1');
      assert.equal((await world.get('/list_products')).status, 200, 'the list needs no Redis');

      await world.up();
      const { json } = await world.get('/list_products/1');
      assert.deepEqual(json, { ...product, currentQuantity: 3 });
      assert.deepEqual((await world.get('/reserve_product/1')).json, confirmed);
    }));

  test(`9-stock starts without Redis, and works when that comes, ${kind}`, () =>
    withServer(source, stock, true, async (world) => {
      await answersAnError(world, '/list_products/1');
      await answersAnError(world, '/reserve_product/1');
      await world.up();
      const { json } = await world.get('/list_products/1');
      assert.deepEqual(json, { ...product, currentQuantity: 4 });
    }));

  test(`100-seat tells an outage and comes back from it, ${kind}`, () =>
    withServer(source, seats, false, async (world) => {
      await world.get('/process');
      const given = (count: number) =>
        world.server.waitUntil(() => world.server.running.lines.length >= count);
      await world.get('/reserve_seat');
      assert.ok(await given(1));

      world.down();
      for (const route of ['/available_seats', '/reserve_seat', '/process']) {
        await answersAnError(world, route);
      }

      await world.up();
      assert.deepEqual((await world.get('/available_seats')).json, {
        numberOfAvailableSeats: '49',
      });
      assert.deepEqual((await world.get('/process')).json, { status: 'Queue processing' });
      assert.deepEqual((await world.get('/reserve_seat')).json, {
        status: 'Reservation in process',
      });
      assert.ok(await given(2), 'a reservation after the outage is worked on');
      assert.deepEqual((await world.get('/available_seats')).json, {
        numberOfAvailableSeats: '48',
      });
    }));

  test(`100-seat starts without Redis, and works when that comes, ${kind}`, () =>
    withServer(source, seats, true, async (world) => {
      for (const route of ['/available_seats', '/reserve_seat', '/process']) {
        await answersAnError(world, route);
      }
      await world.up();
      assert.deepEqual((await world.get('/available_seats')).json, {
        numberOfAvailableSeats: '50',
      });
    }));
}

async function main(): Promise<void> {
  if (await installedServer()) promises('redis-server', await findRedis());
  promises('the embedded Redis', await findRedis({ offline: true }));
  test.run();
}

void main();
