const { randomUUID } = require('crypto');
const { setTimeout: pause } = require('timers/promises');
const express = require('express');
const { createClient } = require('redis');

const listProducts = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

const client = createClient({ disableOfflineQueue: true });
client.on('error', (error) => console.error(error.message));

async function locked(name, work) {
  const token = randomUUID();
  while ((await client.set(name, token, { NX: true, PX: 10000 })) === null) await pause(5);
  try {
    return await work();
  } finally {
    if ((await client.get(name)) === token) await client.del(name);
  }
}

async function getCurrentReservedStockById(itemId) {
  return Number((await client.get(`item.${itemId}`)) || 0);
}

async function reserveStockById(itemId, stock) {
  await client.set(`item.${itemId}`, stock);
}

const getItemById = (id) => listProducts.find((item) => item.id === id);

const app = express();

app.get('/list_products', (req, res) => {
  res.json(
    listProducts.map((item) => ({
      itemId: item.id,
      itemName: item.name,
      price: item.price,
      initialAvailableQuantity: item.stock,
    })),
  );
});

app.get('/list_products/:itemId', async (req, res) => {
  const item = getItemById(Number(req.params.itemId));
  if (item === undefined) {
    res.status(404).json({ status: 'Product not found' });
    return;
  }
  res.json({
    itemId: item.id,
    itemName: item.name,
    price: item.price,
    initialAvailableQuantity: item.stock,
    currentQuantity: item.stock - (await getCurrentReservedStockById(item.id)),
  });
});

app.get('/reserve_product/:itemId', async (req, res) => {
  const item = getItemById(Number(req.params.itemId));
  if (item === undefined) {
    res.status(404).json({ status: 'Product not found' });
    return;
  }
  const itemId = item.id;
  const done = await locked(`lock.${itemId}`, async () => {
    const reserved = await getCurrentReservedStockById(itemId);
    if (reserved >= item.stock) return false;
    await reserveStockById(itemId, reserved + 1);
    return true;
  });
  if (done) res.json({ status: 'Reservation confirmed', itemId });
  else res.status(409).json({ status: 'Not enough stock available', itemId });
});

app.use((error, req, res, next) => {
  res.status(503).json({ status: 'Redis is not available' });
});

client.connect().then(() => app.listen(1245));
