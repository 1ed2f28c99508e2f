import express, { type ErrorRequestHandler } from 'express';
import { createClient, WatchError } from 'redis';

const listProducts = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

const client = createClient({ disableOfflineQueue: true });
client.on('error', (error) => console.error(error.message));

/** In the order in which they come: one transaction at a time, over a connection of its own. */
const transactions = client.duplicate();
transactions.on('error', (error) => console.error(error.message));
let last: Promise<unknown> = Promise.resolve();

function reserveStockById(itemId: number, stock: number): Promise<boolean> {
  const mine = last.then(() => transaction(itemId, stock));
  last = mine.catch(() => {});
  return mine;
}

async function transaction(itemId: number, stock: number): Promise<boolean> {
  const key = `item.${itemId}`;
  await transactions.watch(key);
  const reserved = Number((await transactions.get(key)) ?? 0);
  if (reserved >= stock) {
    await transactions.unwatch();
    return false;
  }
  try {
    await transactions.multi().incr(key).exec();
    return true;
  } catch (error) {
    if (error instanceof WatchError) return transaction(itemId, stock);
    throw error;
  }
}

const app = express();

app.get('/list_products', (_request, response) => {
  response.send(
    listProducts.map(({ id, name, price, stock }) => ({
      itemId: id,
      itemName: name,
      price,
      initialAvailableQuantity: stock,
    })),
  );
});

app.get('/list_products/:itemId', async (request, response) => {
  const found = listProducts.find(({ id }) => id === Number(request.params.itemId));
  if (!found) {
    response.status(404).send({ status: 'Product not found' });
    return;
  }
  const { id, name, price, stock } = found;
  const reserved = Number((await client.get(`item.${id}`)) ?? 0);
  response.send({
    itemId: id,
    itemName: name,
    price,
    initialAvailableQuantity: stock,
    currentQuantity: stock - reserved,
  });
});

app.get('/reserve_product/:itemId', async (request, response) => {
  const found = listProducts.find(({ id }) => id === Number(request.params.itemId));
  if (!found) {
    response.status(404).send({ status: 'Product not found' });
    return;
  }
  const { id: itemId, stock } = found;
  if (await reserveStockById(itemId, stock)) {
    response.send({ status: 'Reservation confirmed', itemId });
    return;
  }
  response.status(409).send({ status: 'Not enough stock available', itemId });
});

const onError: ErrorRequestHandler = (_error, _request, response, _next) => {
  response.status(503).send({ status: 'Redis is not available' });
};
app.use(onError);

async function main() {
  await Promise.all([client.connect(), transactions.connect()]);
  app.listen(1245);
}

void main();
