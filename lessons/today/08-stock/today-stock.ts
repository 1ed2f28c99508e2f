import express, { type ErrorRequestHandler } from 'express';
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

// Nobody should wait for a Redis that is away: without its queue the client refuses at once.
const client = createClient({ disableOfflineQueue: true });

client.on('error', (error: Error & { code?: string }) => {
  console.error(`Redis client: ${error.message || error.code}`);
});

function getItemById(id: number): Product | undefined {
  return listProducts.find((product) => product.id === id);
}

/** Reserves one, in a single step of Redis; gives it back where it was one too many. */
async function reserveStockById({ id, stock }: Product): Promise<boolean> {
  const key = `item.${id}`;
  if ((await client.incr(key)) <= stock) return true;
  await client.decr(key);
  return false;
}

async function getCurrentReservedStockById(id: number): Promise<number> {
  return Number((await client.get(`item.${id}`)) ?? 0);
}

/** The product as the routes show it. */
function present({ id, name, price, stock }: Product) {
  return { itemId: id, itemName: name, price, initialAvailableQuantity: stock };
}

const app = express();

app.get('/list_products', (_request, response) => {
  response.json(listProducts.map(present));
});

app.get('/list_products/:itemId', async (request, response) => {
  const product = getItemById(Number(request.params.itemId));
  if (!product) {
    response.status(404).json({ status: 'Product not found' });
    return;
  }
  const reserved = await getCurrentReservedStockById(product.id);
  // For a moment more may be counted than there are: those that are about to be given back.
  const currentQuantity = Math.max(0, product.stock - reserved);
  response.json({ ...present(product), currentQuantity });
});

app.get('/reserve_product/:itemId', async (request, response) => {
  const product = getItemById(Number(request.params.itemId));
  if (!product) {
    response.status(404).json({ status: 'Product not found' });
    return;
  }
  if (await reserveStockById(product)) {
    response.json({ status: 'Reservation confirmed', itemId: product.id });
  } else {
    response.status(409).json({ status: 'Not enough stock available', itemId: product.id });
  }
});

// Express knows an error handler by its four parameters.
const redisIsAway: ErrorRequestHandler = (error: Error, _request, response, _next) => {
  console.error(`Request failed: ${error.message}`);
  response.status(503).json({ status: 'Redis is not available' });
};
app.use(redisIsAway);

async function main(): Promise<void> {
  await client.connect();
  app.listen(1245);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
