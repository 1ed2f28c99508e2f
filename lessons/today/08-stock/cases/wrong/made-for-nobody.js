import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { createClient } from 'redis';

const listProducts = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

const client = createClient({ socket: { reconnectStrategy: 200 } });
client.on('error', () => {});
await client.connect();

const inTime = async (reply) => {
  const answered = new AbortController();
  const tooLate = pause(700, undefined, { signal: answered.signal }).then(() => {
    throw new Error('Redis does not answer');
  });
  try {
    return await Promise.race([reply, tooLate]);
  } finally {
    answered.abort();
  }
};

const app = express();

const withProduct = (route) => async (req, res) => {
  const item = listProducts.find(({ id }) => id === Number(req.params.itemId));
  if (!item) return res.status(404).json({ status: 'Product not found' });
  return route(item, res);
};

const show = ({ id, name, price, stock }) => ({
  itemId: id,
  itemName: name,
  price,
  initialAvailableQuantity: stock,
});

app.get('/list_products', async (req, res) => res.json(listProducts.map(show)));

app.get(
  '/list_products/:itemId',
  withProduct(async (item, res) => {
    const reserved = await inTime(client.get(`item.${item.id}`));
    res.json({ ...show(item), currentQuantity: item.stock - Number(reserved) });
  }),
);

app.get(
  '/reserve_product/:itemId',
  withProduct(async (item, res) => {
    const key = `item.${item.id}`;
    const [reserved] = await inTime(client.multi().incr(key).exec());
    if (reserved > item.stock) {
      await inTime(client.decr(key));
      return res.status(409).json({ status: 'Not enough stock available', itemId: item.id });
    }
    return res.json({ status: 'Reservation confirmed', itemId: item.id });
  }),
);

app.use((err, req, res, next) => {
  res.status(503).json({ status: 'Redis is not available' });
});

app.listen(1245);
