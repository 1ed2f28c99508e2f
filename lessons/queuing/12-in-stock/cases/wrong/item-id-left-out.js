import express from 'express';
import redis from 'redis';
import { promisify } from 'util';

const listProducts = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

const getItemById = (id) => listProducts.filter((item) => item.id === id)[0];

const client = redis.createClient();
const getAsync = promisify(client.get).bind(client);
const setAsync = promisify(client.set).bind(client);

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (err) => console.log(`Redis client not connected to the server: ${err}`));

const reserveStockById = (itemId, stock) => setAsync(`item.${itemId}`, stock);

const getCurrentReservedStockById = async (itemId) => {
  const stock = await getAsync(`item.${itemId}`);
  return stock ? parseInt(stock, 10) : 0;
};

const format = (item) => ({
  itemId: item.id,
  itemName: item.name,
  price: item.price,
  initialAvailableQuantity: item.stock,
});

const app = express();
const port = 1245;

app.get('/list_products', (req, res) => {
  res.json(listProducts.map(format));
});

app.get('/list_products/:itemId', async (req, res) => {
  const item = getItemById(Number(req.params.itemId));
  if (!item) {
    return res.status(404).json({ status: 'Product not found' });
  }
  const reserved = await getCurrentReservedStockById(item.id);
  return res.json({ ...format(item), currentQuantity: item.stock - reserved });
});

app.get('/reserve_product/:itemId', async (req, res) => {
  const item = getItemById(Number(req.params.itemId));
  if (!item) {
    return res.status(404).json({ status: 'Product not found' });
  }
  const reserved = await getCurrentReservedStockById(item.id);
  if (item.stock - reserved < 1) {
    return res.status(403).json({ status: 'Not enough stock available', itemId: item.id });
  }
  await reserveStockById(item.id, reserved + 1);
  return res.json({ status: 'Reservation confirmed' });
});

app.listen(port, () => {
  console.log(`Server listening on port ${port}`);
});

export default app;
