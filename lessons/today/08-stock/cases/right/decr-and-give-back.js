const express = require('express');
const { createClient } = require('redis');

const listProducts = [
  { itemId: 1, itemName: 'Suitcase 250', price: 50, initialAvailableQuantity: 4 },
  { itemId: 2, itemName: 'Suitcase 450', price: 100, initialAvailableQuantity: 10 },
  { itemId: 3, itemName: 'Suitcase 650', price: 350, initialAvailableQuantity: 2 },
  { itemId: 4, itemName: 'Suitcase 1050', price: 550, initialAvailableQuantity: 5 },
];

const getItemById = (id) => listProducts.find((item) => item.itemId === id);

const client = createClient({ disableOfflineQueue: true });
client.on('error', (err) => console.error('Redis error', err.message));

const app = express();

app.get('/list_products', (req, res) => {
  res.json(listProducts);
});

app.get('/list_products/:itemId', async (req, res) => {
  const item = getItemById(Number(req.params.itemId));
  if (!item) return res.status(404).json({ status: 'Product not found' });
  const left = Number(await client.get(`item.${item.itemId}`));
  return res.json({ ...item, currentQuantity: left < 0 ? 0 : left });
});

app.get('/reserve_product/:itemId', async (req, res) => {
  const item = getItemById(Number(req.params.itemId));
  if (!item) return res.status(404).json({ status: 'Product not found' });
  const { itemId } = item;
  const left = await client.decr(`item.${itemId}`);
  if (left < 0) {
    await client.incr(`item.${itemId}`);
    return res.status(409).json({ status: 'Not enough stock available', itemId });
  }
  return res.json({ status: 'Reservation confirmed', itemId });
});

app.use((err, req, res, next) => {
  res.status(503).json({ status: 'Redis is not available' });
});

client.connect().then(async () => {
  for (const { itemId, initialAvailableQuantity } of listProducts) {
    await client.set(`item.${itemId}`, initialAvailableQuantity, { NX: true });
  }
  app.listen(1245, () => console.log('listening on 1245'));
});
