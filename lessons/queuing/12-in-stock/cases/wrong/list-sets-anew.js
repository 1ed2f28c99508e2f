import express from 'express';
import redis from 'redis';
import { promisify } from 'util';

const listProducts = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

function getItemById(id) {
  return listProducts.find((item) => item.id === id);
}

const client = redis.createClient();
const getAsync = promisify(client.get).bind(client);
const setAsync = promisify(client.set).bind(client);

async function reserveStockById(itemId, stock) {
  await setAsync(`item.${itemId}`, stock);
}

async function getCurrentReservedStockById(itemId) {
  const reserved = await getAsync(`item.${itemId}`);
  return Number(reserved) || 0;
}

const format = (item) => ({
  itemId: item.id,
  itemName: item.name,
  price: item.price,
  initialAvailableQuantity: item.stock,
});

const app = express();

app.get('/list_products', (req, res) => {
  listProducts.forEach((item) => reserveStockById(item.id, 0));
  res.json(listProducts.map(format));
});

app.get('/list_products/:itemId', async (req, res) => {
  const item = getItemById(Number(req.params.itemId));
  if (!item) {
    res.json({ status: 'Product not found' });
    return;
  }
  const reserved = await getCurrentReservedStockById(item.id);
  res.json({ ...format(item), currentQuantity: item.stock - reserved });
});

app.get('/reserve_product/:itemId', async (req, res) => {
  const item = getItemById(Number(req.params.itemId));
  if (!item) {
    res.json({ status: 'Product not found' });
    return;
  }
  const reserved = await getCurrentReservedStockById(item.id);
  if (item.stock - reserved < 1) {
    res.json({ status: 'Not enough stock available', itemId: item.id });
    return;
  }
  await reserveStockById(item.id, reserved + 1);
  res.json({ status: 'Reservation confirmed', itemId: item.id });
});

app.listen(1245);
