const express = require('express');
const redis = require('redis');

const app = express();
const client = redis.createClient();

client.on('error', (error) => {
  console.error(`Redis client not connected to the server: ${error.message}`);
});

const listProducts = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

const getItemById = (id) => listProducts.find((item) => item.id === id);

const format = (item) => ({
  itemId: item.id,
  itemName: item.name,
  price: item.price,
  initialAvailableQuantity: item.stock,
});

// Without Redis its commands would wait.
const redisOrError = () => {
  if (!client.isReady) throw new Error('Redis is away');
  return client;
};

const getCurrentReservedStockById = async (...itemIds) => {
  const stocks = await redisOrError().mGet(itemIds.map((itemId) => `item.${itemId}`));
  return stocks.map((stock) => Number(stock));
};

const reserveStockById = async (itemId, stock) => {
  const reserved = await redisOrError().incrBy(`item.${itemId}`, 1);
  if (reserved <= stock) return true;
  await redisOrError().decrBy(`item.${itemId}`, 1);
  return false;
};

app.get('/list_products', (req, res) => {
  res.json(listProducts.map(format));
});

app.get('/list_products/:itemId', async (req, res) => {
  const item = getItemById(+req.params.itemId);
  if (!item) {
    return res.status(404).json({ status: 'Product not found' });
  }
  const [reserved] = await getCurrentReservedStockById(item.id);
  return res.json({ ...format(item), currentQuantity: Math.max(item.stock - reserved, 0) });
});

app.get('/reserve_product/:itemId', async (req, res) => {
  const item = getItemById(+req.params.itemId);
  if (!item) {
    return res.status(404).json({ status: 'Product not found' });
  }
  const reserved = await getCurrentReservedStockById(item.id);
  if (reserved >= item.stock || !(await reserveStockById(item.id, item.stock))) {
    return res.status(409).json({ status: 'Not enough stock available', itemId: item.id });
  }
  return res.json({ status: 'Reservation confirmed', itemId: item.id });
});

app.use((error, req, res, next) => {
  console.error(error);
  res.status(503).json({ status: 'Redis is not available' });
});

client.connect();
app.listen(1245);

module.exports = app;
