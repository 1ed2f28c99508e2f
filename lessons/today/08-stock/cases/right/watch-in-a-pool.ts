import express, { type NextFunction, type Request, type Response } from 'express';
import { createClientPool, WatchError } from 'redis';

type Product = { id: number; name: string; price: number; stock: number };

const listProducts: Product[] = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

const pool = createClientPool({ disableOfflineQueue: true }, { minimum: 1, maximum: 20 });
pool.on('error', (error: Error) => console.error('pool:', error.message));

function getItemById(id: number) {
  return listProducts.find((product) => product.id === id);
}

async function reserveStockById(product: Product): Promise<boolean> {
  const key = `item.${product.id}`;
  return pool.execute(async (client) => {
    for (;;) {
      await client.watch(key);
      const reserved = Number(await client.get(key));
      if (reserved >= product.stock) {
        await client.unwatch();
        return false;
      }
      try {
        await client
          .multi()
          .set(key, String(reserved + 1))
          .exec();
        return true;
      } catch (error) {
        if (!(error instanceof WatchError)) throw error;
      }
    }
  });
}

const app = express();

const shown = ({ id, name, price, stock }: Product) => ({
  itemId: id,
  itemName: name,
  price,
  initialAvailableQuantity: stock,
});

app.get('/list_products', (_req, res) => {
  res.json(listProducts.map(shown));
});

app.get('/list_products/:itemId', async (req, res) => {
  const product = getItemById(Number(req.params.itemId));
  if (!product) {
    res.status(404).json({ status: 'Product not found' });
    return;
  }
  const reserved = Number((await pool.get(`item.${product.id}`)) ?? 0);
  res.json({ ...shown(product), currentQuantity: product.stock - reserved });
});

app.get('/reserve_product/:itemId', async (req, res) => {
  const product = getItemById(Number(req.params.itemId));
  if (!product) {
    res.status(404).json({ status: 'Product not found' });
    return;
  }
  const done = await reserveStockById(product);
  res.status(done ? 200 : 409).json({
    status: done ? 'Reservation confirmed' : 'Not enough stock available',
    itemId: product.id,
  });
});

app.use((error: Error, _req: Request, res: Response, next: NextFunction) => {
  if (res.headersSent) return next(error);
  res.status(503).json({ status: 'Redis is not available' });
});

pool.connect().then(() => app.listen(1245));
