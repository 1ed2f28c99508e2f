import express from 'express';
import redis from 'redis';
import { promisify } from 'util';

const listProducts = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];
const client = redis.createClient();
const getAsync = promisify(client.get).bind(client);

const getItemById = (id) => listProducts.find(({ id: other }) => other === id);
const reserveStockById = (itemId, stock) => client.set(`item.${itemId}`, stock);
const getCurrentReservedStockById = async (itemId) => Number(await getAsync(`item.${itemId}`)) || 0;

const toResponse = (p) => ({
  itemId: p.id,
  itemName: p.name,
  price: p.price,
  initialAvailableQuantity: p.stock,
});

const app = express();

app.use('/list_products', (req, res) => {
  res.json(listProducts.map(toResponse));
});

app.get('/list_products/:itemId', async (req, res) => {
  const product = getItemById(Number(req.params.itemId));
  if (!product) {
    res.json({ status: 'Product not found' });
    return;
  }
  const reserved = await getCurrentReservedStockById(product.id);
  res.json({ ...toResponse(product), currentQuantity: product.stock - reserved });
});

app.get('/reserve_product/:itemId', async (req, res) => {
  const product = getItemById(Number(req.params.itemId));
  if (!product) {
    res.json({ status: 'Product not found' });
    return;
  }
  const reserved = await getCurrentReservedStockById(product.id);
  if (product.stock <= reserved) {
    res.json({ status: 'Not enough stock available', itemId: product.id });
    return;
  }
  reserveStockById(product.id, reserved + 1);
  res.json({ status: 'Reservation confirmed', itemId: product.id });
});

app.listen(1245);
