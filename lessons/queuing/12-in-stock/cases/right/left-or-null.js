import { createServer } from 'http';
import { promisify } from 'util';
import express, { Router } from 'express';
import { createClient } from 'redis';

const listProducts = [
  { itemId: 1, itemName: 'Suitcase 250', price: 50, initialAvailableQuantity: 4 },
  { itemId: 2, itemName: 'Suitcase 450', price: 100, initialAvailableQuantity: 10 },
  { itemId: 3, itemName: 'Suitcase 650', price: 350, initialAvailableQuantity: 2 },
  { itemId: 4, itemName: 'Suitcase 1050', price: 550, initialAvailableQuantity: 5 },
];

export function getItemById(id) {
  return listProducts.find(({ itemId }) => String(itemId) === id);
}

const client = createClient({ host: 'localhost' });
const redis = {
  get: promisify(client.get).bind(client),
  set: promisify(client.set).bind(client),
};

export async function reserveStockById(itemId, stock) {
  return redis.set(`item.${itemId}`, stock);
}

export async function getCurrentReservedStockById(itemId) {
  return redis.get(`item.${itemId}`);
}

async function quantityOf(item) {
  const left = await getCurrentReservedStockById(item.itemId);
  return left === null ? item.initialAvailableQuantity : Number.parseInt(left, 10);
}

const router = Router();

router.param('itemId', (req, res, next, id) => {
  req.item = getItemById(id);
  if (req.item) next();
  else res.status(400).json({ status: 'Product not found' });
});

router.get('/list_products', (req, res) => {
  res.status(200).json(listProducts);
});

router.get('/list_products/:itemId', async (req, res, next) => {
  try {
    res.json(Object.assign({}, req.item, { currentQuantity: await quantityOf(req.item) }));
  } catch (error) {
    next(error);
  }
});

router.get('/reserve_product/:itemId', async (req, res, next) => {
  const { itemId } = req.item;
  try {
    const quantity = await quantityOf(req.item);
    if (quantity > 0) {
      await reserveStockById(itemId, quantity - 1);
      res.json({ status: 'Reservation confirmed', itemId });
    } else {
      res.status(400).json({ status: 'Not enough stock available', itemId });
    }
  } catch (error) {
    next(error);
  }
});

createServer(express().use(express.json()).use('/', router)).listen(1245);
