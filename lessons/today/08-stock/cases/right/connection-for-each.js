import http from 'node:http';
import express from 'express';
import { createClient, WatchError } from 'redis';

const stock = new Map(
  [
    [1, 'Suitcase 250', 50, 4],
    [2, 'Suitcase 450', 100, 10],
    [3, 'Suitcase 650', 350, 2],
    [4, 'Suitcase 1050', 550, 5],
  ].map(([itemId, itemName, price, initialAvailableQuantity]) => [
    itemId,
    { itemId, itemName, price, initialAvailableQuantity },
  ]),
);

const client = await createClient({ disableOfflineQueue: true })
  .on('error', (error) => console.error(error.message))
  .connect();

let sold = 0;
setInterval(() => console.log(`${sold} sold here`), 10_000).unref();

/** Each reservation by a connection of its own, closed when it is done. */
async function reserve({ itemId, initialAvailableQuantity }) {
  const key = `item.${itemId}`;
  if (!client.isReady) throw new Error('offline');
  const own = client.duplicate();
  own.on('error', () => {});
  await own.connect();
  try {
    for (;;) {
      await own.watch(key);
      const left = (await own.get(key)) ?? initialAvailableQuantity;
      if (left <= 0) return false;
      try {
        await own
          .multi()
          .set(key, left - 1)
          .exec();
        sold += 1;
        return true;
      } catch (error) {
        if (!(error instanceof WatchError)) throw error;
      }
    }
  } finally {
    own.destroy();
  }
}

const app = express();

app.param('itemId', (req, res, next, id) => {
  res.locals.item = stock.get(Number(id));
  if (res.locals.item) return next();
  return res.status(404).json({ status: 'Product not found' });
});

app.get('/list_products', (req, res) => res.json([...stock.values()]));

app.get('/list_products/:itemId', async (req, res) => {
  const { item } = res.locals;
  const left = await client.get(`item.${item.itemId}`);
  res.json({ ...item, currentQuantity: Number(left ?? item.initialAvailableQuantity) });
});

app.get('/reserve_product/:itemId', async (req, res) => {
  const { itemId } = res.locals.item;
  const isReserved = await reserve(res.locals.item);
  res
    .status(isReserved ? 200 : 409)
    .json({ status: isReserved ? 'Reservation confirmed' : 'Not enough stock available', itemId });
});

app.use((err, req, res, _next) => {
  console.error(err.message);
  res.status(503).json({ status: 'Redis is not available' });
});

http.createServer(app).listen(1245);
