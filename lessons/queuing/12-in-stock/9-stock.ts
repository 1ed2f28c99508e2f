import { promisify } from 'node:util';
import express from 'express';
import { createClient } from 'redis';

interface Product {
  id: number;
  name: string;
  price: number;
  stock: number;
}

const listProducts: Product[] = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

function getItemById(id: number): Product | undefined {
  return listProducts.find((product) => product.id === id);
}

const client = createClient();
client.on('error', (error: Error) => console.error(`Redis client: ${error.message}`));
const get = promisify(client.get).bind(client);

/** Under the key stands how many are reserved. */
function reserveStockById(itemId: number, stock: number): void {
  client.set(`item.${itemId}`, String(stock));
}

async function getCurrentReservedStockById(itemId: number): Promise<number> {
  return Number((await get(`item.${itemId}`)) ?? 0);
}

/** A product as the routes show it. */
function present({ id, name, price, stock }: Product) {
  return { itemId: id, itemName: name, price, initialAvailableQuantity: stock };
}

const app = express();

app.get('/list_products', (_request, response) => {
  response.json(listProducts.map(present));
});

app.get('/list_products/:itemId', async (request, response) => {
  const product = getItemById(Number(request.params.itemId));
  if (!product) {
    response.json({ status: 'Product not found' });
    return;
  }
  const reserved = await getCurrentReservedStockById(product.id);
  response.json({ ...present(product), currentQuantity: product.stock - reserved });
});

app.get('/reserve_product/:itemId', async (request, response) => {
  const product = getItemById(Number(request.params.itemId));
  if (!product) {
    response.json({ status: 'Product not found' });
    return;
  }
  const itemId = product.id;
  const reserved = await getCurrentReservedStockById(itemId);
  if (reserved >= product.stock) {
    response.json({ status: 'Not enough stock available', itemId });
    return;
  }
  reserveStockById(itemId, reserved + 1);
  response.json({ status: 'Reservation confirmed', itemId });
});

app.listen(1245);
