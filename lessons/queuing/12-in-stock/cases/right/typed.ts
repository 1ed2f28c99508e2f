import { promisify } from 'node:util';
import express from 'express';
import { createClient } from 'redis';

const listProducts = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

function getItemById(id: number) {
  return listProducts.find((product) => product.id === id);
}

const client = createClient();
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error}`));
const get = promisify(client.get).bind(client);

function reserveStockById(itemId: number, stock: number) {
  client.set(`item.${itemId}`, String(stock));
}

async function getCurrentReservedStockById(itemId: number) {
  const reserved = await get(`item.${itemId}`);
  return Number(reserved ?? 0);
}

const app = express();

app.get('/list_products', (_request, response) => {
  response.json(
    listProducts.map(({ id, name, price, stock }) => ({
      itemId: id,
      itemName: name,
      price,
      initialAvailableQuantity: stock,
    })),
  );
});

app.get('/list_products/:itemId', async (request, response) => {
  const product = getItemById(Number(request.params.itemId));
  if (!product) {
    response.json({ status: 'Product not found' });
    return;
  }
  const reserved = await getCurrentReservedStockById(product.id);
  response.json({
    itemId: product.id,
    itemName: product.name,
    price: product.price,
    initialAvailableQuantity: product.stock,
    currentQuantity: product.stock - reserved,
  });
});

app.get('/reserve_product/:itemId', async (request, response) => {
  const product = getItemById(Number(request.params.itemId));
  if (!product) {
    response.json({ status: 'Product not found' });
    return;
  }
  const reserved = await getCurrentReservedStockById(product.id);
  if (reserved >= product.stock) {
    response.json({ status: 'Not enough stock available', itemId: product.id });
    return;
  }
  reserveStockById(product.id, reserved + 1);
  response.json({ status: 'Reservation confirmed', itemId: product.id });
});

app.listen(1245);
