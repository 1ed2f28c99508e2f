import express, { type Response } from 'express';
import { createClient } from 'redis';

const listProducts = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

// A command that waits in the queue for half a second is given up.
const client = createClient({ commandOptions: { timeout: 500 } });
client.on('error', (error) => console.log('error', error.message));

const reserveScript = `
  local left = redis.call('DECR', KEYS[1])
  if left < 0 then
    redis.call('INCR', KEYS[1])
    return -1
  end
  return left
`;

function getItemById(id: number) {
  return listProducts.find((product) => product.id === id);
}

async function getCurrentStockById(itemId: number): Promise<number> {
  return Number(await client.get(`item.${itemId}`));
}

function unavailable(response: Response, error: unknown) {
  console.error(error);
  response.status(503).json({ status: 'Redis is not available' });
}

const app = express();

app.get('/list_products', (_request, response) => {
  response.json(
    listProducts.map((product) => ({
      itemId: product.id,
      itemName: product.name,
      price: product.price,
      initialAvailableQuantity: product.stock,
    })),
  );
});

app.get('/list_products/:itemId', async (request, response) => {
  const product = getItemById(Number.parseInt(request.params.itemId, 10));
  if (!product) {
    response.status(404).json({ status: 'Product not found' });
    return;
  }
  try {
    response.json({
      itemId: product.id,
      itemName: product.name,
      price: product.price,
      initialAvailableQuantity: product.stock,
      currentQuantity: await getCurrentStockById(product.id),
    });
  } catch (error) {
    unavailable(response, error);
  }
});

app.get('/reserve_product/:itemId', async (request, response) => {
  const product = getItemById(Number.parseInt(request.params.itemId, 10));
  if (!product) {
    response.status(404).json({ status: 'Product not found' });
    return;
  }
  try {
    const left = await client.eval(reserveScript, { keys: [`item.${product.id}`] });
    if (Number(left) < 0) {
      response.status(409).json({ status: 'Not enough stock available', itemId: product.id });
      return;
    }
    response.json({ status: 'Reservation confirmed', itemId: product.id });
  } catch (error) {
    unavailable(response, error);
  }
});

async function start() {
  await client.connect();
  await Promise.all(
    listProducts.map(({ id, stock }) => client.set(`item.${id}`, stock, { condition: 'NX' })),
  );
  app.listen(1245);
}

start();
