import { promisify } from 'node:util';
import express from 'express';
import { createClient } from 'redis';

/*
 * 9-stock as it is often written: looks how many are reserved, then sets one more. Two who look at
 * the same moment are both given the last one. The benchmark holds the worked version against it.
 */
const listProducts = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

const client = createClient();
const get = promisify(client.get).bind(client);
const app = express();

app.get('/reserve_product/:itemId', async (request, response) => {
  const product = listProducts.find(({ id }) => id === Number(request.params.itemId));
  if (!product) {
    response.json({ status: 'Product not found' });
    return;
  }
  const { id, stock } = product;
  const reserved = Number((await get(`item.${id}`)) ?? 0);
  if (reserved >= stock) {
    response.json({ status: 'Not enough stock available', itemId: id });
    return;
  }
  client.set(`item.${id}`, String(reserved + 1));
  response.json({ status: 'Reservation confirmed', itemId: id });
});

app.listen(1245);
