/*
 * The shop, further than the task goes. What is added, and why:
 *
 * - A script counts only if one is left. So the number is never too
 *   high, not even for a moment, and who comes late changes nothing.
 * - A Redis that takes a command and does not answer, as when it is
 *   overloaded, holds up nobody: what is read has to come in time. A
 *   reservation is waited for, since to give up on it would not undo
 *   it; it begins only if the read before it came in time.
 * - The server listens even if it starts while Redis is away.
 * - The error handler tells apart: a bad request is no fault of Redis,
 *   and neither is a mistake in this file, which is a 500.
 * - SIGTERM, by which servers are told to end, lets the answers that
 *   are under way go out first.
 * - Only 1 stands for product 1, not 1.0 or 0x1.
 */

import express, { type ErrorRequestHandler, type Response } from 'express';
import { createClient, defineScript } from 'redis';

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

/** Longest wait for what is read from Redis, in ms. */
const DEADLINE = 800;

class RedisAway extends Error {}

const client = createClient({
  disableOfflineQueue: true,
  scripts: {
    reserve: defineScript({
      NUMBER_OF_KEYS: 1,
      SCRIPT: `
        local reserved = tonumber(redis.call('GET', KEYS[1]) or '0')
        if reserved >= tonumber(ARGV[1]) then return 0 end
        redis.call('INCR', KEYS[1])
        return 1`,
      parseCommand(parser, key: string, stock: number) {
        parser.pushKey(key);
        parser.push(String(stock));
      },
      transformReply: (reply: number) => reply === 1,
    }),
  },
});

client.on('error', (error: Error & { code?: string }) => {
  console.error(`Redis client: ${error.message || error.code}`);
});

function getItemById(id: string): Product | undefined {
  return listProducts.find((product) => String(product.id) === id);
}

/** @throws RedisAway */
async function reserveStockById({ id, stock }: Product): Promise<boolean> {
  return client.reserve(`item.${id}`, stock).catch(away);
}

/** @throws RedisAway also if no answer comes in time */
async function getCurrentReservedStockById(id: number): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), DEADLINE);
  });
  const reserved = await Promise.race([client.get(`item.${id}`), tooLate])
    .catch(away)
    .finally(() => clearTimeout(timer));
  return Number(reserved ?? 0);
}

function away(error: Error): never {
  throw new RedisAway(error.message, { cause: error });
}

/** The product as the routes show it. */
function present({ id, name, price, stock }: Product) {
  return { itemId: id, itemName: name, price, initialAvailableQuantity: stock };
}

const app = express();
app.disable('x-powered-by');

app.get('/list_products', (_request, response) => {
  response.json(listProducts.map(present));
});

app.get('/list_products/:itemId', async (request, response) => {
  const product = getItemById(request.params.itemId);
  if (!product) return productNotFound(response);
  const reserved = await getCurrentReservedStockById(product.id);
  response.json({ ...present(product), currentQuantity: product.stock - reserved });
});

app.get('/reserve_product/:itemId', async (request, response) => {
  const product = getItemById(request.params.itemId);
  if (!product) return productNotFound(response);
  const { id: itemId, stock } = product;
  // It decides nothing: between this look and the script anybody may have bought.
  const mayBeLeft = (await getCurrentReservedStockById(itemId)) < stock;
  if (mayBeLeft && (await reserveStockById(product))) {
    response.json({ status: 'Reservation confirmed', itemId });
  } else {
    response.status(409).json({ status: 'Not enough stock available', itemId });
  }
});

function productNotFound(response: Response): void {
  response.status(404).json({ status: 'Product not found' });
}

const onError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof RedisAway) {
    console.error(`Redis is away: ${error.message}`);
    response.status(503).set('Retry-After', '5').json({ status: 'Redis is not available' });
  } else if (error instanceof URIError) {
    // An id such as %E0 cannot be decoded, so no product has it.
    productNotFound(response);
  } else {
    console.error(error);
    response.status(500).json({ status: 'Internal error' });
  }
};
app.use(onError);

client.connect().catch((error: Error) => console.error(error.message));

const server = app.listen(1245);

process.once('SIGTERM', () => {
  server.close(() => client.destroy());
});
