import path from 'node:path';
import { openConnection } from '../../../runner/redis/connection';
import type { RedisInstance } from '../../../runner/redis/instance';
import { BareFolder } from './bare';
import { crowd, type Sale } from './crowd';
import { inTurn, type Measure } from './measure';
import { ownRedisOnPort } from './own-redis';
import { Started } from './started';
import { furtherFile, lessonFile } from './worked';

const people = 32;
const requests = 3000;

/** How many there are of each product, and seats. */
const stocks = [4, 10, 2, 5];
const seats = 50;

/** The servers of `going-further/` under load, against the worked ones, which look first and then write. */
export function shops(): Measure[] {
  return [
    sold('9-stock.ts', (server) => sellsStock(server)),
    sold('100-seat.ts', (server, redis) => sellsSeats(server, redis)),
  ];
}

interface Server {
  socket: string;
  process: Started;
}

/** A sale: how fast it went, and how many more were given than there are. */
interface Outcome {
  perSecond: number;
  oversold: number;
}

function sold(
  name: string,
  sell: (server: Server, redis: RedisInstance) => Promise<Outcome>,
): Measure {
  const folder = new BareFolder();
  const run = async (file: string) => {
    const { redis, port } = await ownRedisOnPort();
    const socket = folder.socket();
    const program = folder.program(file, port, socket);
    const server = new Started([process.execPath, '-e', announced, program]);
    try {
      await server.says(/listening/);
      return await sell({ socket, process: server }, redis);
    } finally {
      await server.stop();
      await redis.close();
    }
  };
  const further = async () => {
    const { perSecond, oversold } = await run(furtherFile(name));
    if (oversold > 0) throw new Error(`The ${name} of going-further gave ${oversold} too many.`);
    return perSecond;
  };
  const worked = async () => (await run(lessonFile(name))).perSecond;
  return {
    name: 'shops',
    what: `${path.basename(name, '.ts')}, going further, under load: nothing oversold`,
    against: 'the worked version, which oversells',
    unit: 'requests/s',
    goal: { atLeast: 1 },
    sample: (round) => inTurn(round, further, worked),
    close: async () => folder.remove(),
  };
}

/** Runs a server in bare node, and tells when it listens. */
const announced = `
const { Server } = require('node:net');
const { listen } = Server.prototype;
Server.prototype.listen = function (...args) {
  return listen.apply(this, args).once('listening', () => console.log('listening'));
};
require(process.argv[1]);`;

async function sellsStock({ socket }: Server): Promise<Outcome> {
  const { perSecond, answers } = await crowd(
    socket,
    people,
    requests,
    (index) => `/reserve_product/${(index % stocks.length) + 1}`,
  );
  const confirmed = count(answers, /confirmed/);
  return { perSecond, oversold: confirmed - stocks.reduce((sum, stock) => sum + stock, 0) };
}

async function sellsSeats(server: Server, redis: RedisInstance): Promise<Outcome> {
  await crowd(server.socket, 1, 1, () => '/process');
  const { perSecond, answers } = await crowd(
    server.socket,
    people,
    requests,
    () => '/reserve_seat',
  );
  const queued = count(answers, /in process/);
  const told = / job \d+ (completed|failed)/g;
  await server.process.says((said) => (said.match(told) ?? []).length >= queued);
  const connection = await openConnection(redis);
  const given = Number(await connection.send('ZCARD', 'q:jobs:complete'));
  await connection.close();
  return { perSecond, oversold: given - seats };
}

function count(answers: Sale['answers'], wanted: RegExp): number {
  return [...answers].reduce((sum, [body, times]) => sum + (wanted.test(body) ? times : 0), 0);
}
