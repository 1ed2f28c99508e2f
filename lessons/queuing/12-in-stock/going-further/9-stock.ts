/*
 * The shop, further than the task goes. What is added, and why:
 *
 * - Redis counts by INCR, which adds and answers in one step, and DECR
 *   gives back what was too much. To read, compare and then write sells
 *   too much as soon as two customers come at once.
 * - A reservation is confirmed once Redis has it, and not before.
 * - Without Redis each route answers 503 within a second. Otherwise a
 *   request would wait in the client's queue, and be carried out when
 *   nobody waits for it any more.
 * - The client never gives up: it comes back after any outage, however
 *   long.
 * - An error in a route reaches Express by next(error). Express 4 does
 *   not look at promises, so a rejected one would end the server.
 * - Status codes (404, 409, 503) for programs that read no texts, and
 *   only 1 stands for product 1, not 1.0 or 0x1.
 */

import { promisify } from 'node:util';
import express, { type NextFunction, type Request, type Response } from 'express';
import { createClient } from 'redis';

interface Product {
  id: number;
  name: string;
  price: number;
  /** How many there are before the first reservation. */
  stock: number;
}

const listProducts: Product[] = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

/** Longest wait for a reply of Redis, in ms. */
const DEADLINE = 800;

const client = createClient({
  // A reservation that waits for Redis to come back would be made for nobody: refuse it at once.
  enable_offline_queue: false,
  // In ms. The client gives up for good after connect_timeout, an hour where nothing is said.
  retry_strategy: ({ attempt }) => Math.min(attempt * 50, 250),
  connect_timeout: 2 ** 31 - 1,
});
client.on('error', (error: Error) => console.error(`Redis client: ${error.message}`));

const get = promisify(client.get).bind(client);
const increase = promisify(client.incr).bind(client);
const decrease = promisify(client.decr).bind(client);

/** The first connection stands, or has failed: from here on the client answers at once. */
const firstAttempt = new Promise<void>((resolve) => {
  client.once('ready', resolve).once('reconnecting', resolve);
});

const app = express();
app.disable('x-powered-by').disable('etag');

app.get('/list_products', (_request, response) => {
  response.json(listProducts.map(present));
});

app.get(
  '/list_products/:itemId',
  forProduct(async (product, response) => {
    const reserved = await inTime(getCurrentReservedStockById(product.id));
    response.json({
      ...present(product),
      currentQuantity: Math.max(0, product.stock - reserved),
    });
  }),
);

app.get(
  '/reserve_product/:itemId',
  forProduct(async ({ id, stock }, response) => {
    // The look ahead spares Redis two commands for each visitor of a sold-out shop. It decides
    // nothing: between a look and a reservation anybody may have bought.
    const left = stock - (await inTime(getCurrentReservedStockById(id)));
    if (left > 0 && (await reserveStockById(id, stock))) {
      response.json({ status: 'Reservation confirmed', itemId: id });
    } else {
      response.status(409).json({ status: 'Not enough stock available', itemId: id });
    }
  }),
);

app.use((_request, response) => {
  response.status(404).json({ status: 'Not found' });
});

// Express knows an error handler by its four parameters.
app.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
  if (response.headersSent) return next(error);
  // An id such as %E0 cannot be decoded, so no product has it.
  if (error instanceof URIError) return productNotFound(response);
  console.error(`Redis client: ${error.message}`);
  return response.status(503).json({ status: 'Redis is not available' });
});

app.listen(1245);

function getItemById(id: number): Product | undefined {
  return listProducts.find((product) => product.id === id);
}

/**
 * Reserves one item in a single step of Redis: INCR adds and tells the new number, so no two
 * callers, in whatever processes, are told the same one. Whoever is told too high a number
 * gives it back.
 * @param stock how many of the item there are in all
 * @returns whether one was left
 */
async function reserveStockById(itemId: number, stock: number): Promise<boolean> {
  const reserved = await increase(`item.${itemId}`);
  if (reserved <= stock) return true;
  await decrease(`item.${itemId}`);
  return false;
}

/** How many of the item are reserved. */
async function getCurrentReservedStockById(itemId: number): Promise<number> {
  await firstAttempt;
  return Number((await get(`item.${itemId}`)) ?? 0);
}

/** The product as the routes show it. */
function present({ id, name, price, stock }: Product) {
  return { itemId: id, itemName: name, price, initialAvailableQuantity: stock };
}

type Answer = (product: Product, response: Response) => Promise<void>;

/** A route of one product: finds it, or says that there is none; hands on what goes wrong. */
function forProduct(answer: Answer) {
  return (request: Request<{ itemId: string }>, response: Response, next: NextFunction) => {
    const { itemId } = request.params;
    // Number() alone would take '1.0', '0x1' and ' 1' for 1.
    const product = /^[1-9]\d*$/.test(itemId) ? getItemById(Number(itemId)) : undefined;
    if (product) answer(product, response).catch(next);
    else productNotFound(response);
  };
}

function productNotFound(response: Response) {
  response.status(404).json({ status: 'Product not found' });
}

/**
 * Waits for what is read from Redis, but not for ever. A write is waited for to its end: to give
 * up on it would not undo it.
 * @throws Error where nothing comes in time
 */
function inTime<T>(reply: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no reply in time')), DEADLINE);
    reply.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
