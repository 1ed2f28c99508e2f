import express, { Request, Response } from 'express';
import { createClient } from 'redis';
import { promisify } from 'util';

interface Product {
  itemId: number;
  itemName: string;
  price: number;
  initialAvailableQuantity: number;
}

const listProducts: Product[] = [
  { itemId: 1, itemName: 'Suitcase 250', price: 50, initialAvailableQuantity: 4 },
  { itemId: 2, itemName: 'Suitcase 450', price: 100, initialAvailableQuantity: 10 },
  { itemId: 3, itemName: 'Suitcase 650', price: 350, initialAvailableQuantity: 2 },
  { itemId: 4, itemName: 'Suitcase 1050', price: 550, initialAvailableQuantity: 5 },
];

function getItemById(id: number): Product | undefined {
  return listProducts.filter((product) => product.itemId === id)[0];
}

const client = createClient();
const get = promisify(client.get).bind(client);

client.on('connect', () => {
  client.del(...(listProducts.map(({ itemId }) => `item.${itemId}`) as [string]));
});

function reserveStockById(itemId: number, stock: number): void {
  client.setex(`item.${itemId}`, 5, String(stock));
}

async function getCurrentReservedStockById(itemId: number): Promise<number> {
  const value = await get(`item.${itemId}`);
  return value === null ? 0 : parseInt(value, 10);
}

const app = express();
const PORT = 1245;

app.get('/list_products', (_req: Request, res: Response) => {
  res.json(listProducts);
});

app.get('/list_products/:itemId', async (req: Request, res: Response) => {
  const product = getItemById(parseInt(req.params.itemId, 10));
  if (product === undefined) return res.status(404).json({ status: 'Product not found' });

  const reserved = await getCurrentReservedStockById(product.itemId);
  return res.json({ ...product, currentQuantity: product.initialAvailableQuantity - reserved });
});

app.get('/reserve_product/:itemId', async (req: Request, res: Response) => {
  const product = getItemById(parseInt(req.params.itemId, 10));
  if (product === undefined) return res.status(404).json({ status: 'Product not found' });

  const { itemId } = product;
  const reserved = await getCurrentReservedStockById(itemId);
  if (reserved >= product.initialAvailableQuantity) {
    return res.status(403).json({ status: 'Not enough stock available', itemId });
  }
  reserveStockById(itemId, reserved + 1);
  return res.json({ status: 'Reservation confirmed', itemId });
});

app.listen(PORT, () => {
  console.log(`API available on localhost port ${PORT}`);
});
