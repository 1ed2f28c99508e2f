import express from 'express';
import redis from 'redis';
import { promisify } from 'util';

const listProducts = [
  { itemId: 1, itemName: 'Suitcase 250', price: 50, initialAvailableQuantity: 4 },
  { itemId: 2, itemName: 'Suitcase 450', price: 100, initialAvailableQuantity: 10 },
  { itemId: 3, itemName: 'Suitcase 650', price: 350, initialAvailableQuantity: 2 },
  { itemId: 4, itemName: 'Suitcase 1050', price: 550, initialAvailableQuantity: 5 },
];

const client = redis.createClient();
const getAsync = promisify(client.get).bind(client);

export const getItemById = (id) => listProducts.filter((p) => p.itemId === id)[0];
export const reserveStockById = (itemId, stock) => client.set(`item.${itemId}`, stock);
export const getCurrentReservedStockById = async (itemId) => {
  const n = await getAsync(`item:${itemId}`);
  return Number(n);
};

const answer = (status, item) => (item ? { status, itemId: item.itemId } : { status });

const app = express();
app.get('/list_products/:itemId?', async (req, res) => {
  if (req.params.itemId === undefined) return res.json(listProducts);
  const item = getItemById(Number(req.params.itemId));
  if (!item) return res.json(answer('Product not found'));
  const taken = await getCurrentReservedStockById(item.itemId);
  return res.json({ ...item, currentQuantity: item.initialAvailableQuantity - taken });
});
app.get('/reserve_product/:itemId', async (req, res) => {
  const item = getItemById(Number(req.params.itemId));
  const taken = item ? await getCurrentReservedStockById(item.itemId) : 0;
  let status;
  switch (true) {
    case item === undefined:
      status = 'Product not found';
      break;
    case taken >= item.initialAvailableQuantity:
      status = 'Not enough stock available';
      break;
    default:
      reserveStockById(item.itemId, taken + 1);
      status = 'Reservation confirmed';
  }
  res.json(answer(status, item));
});
app.listen(1245);
