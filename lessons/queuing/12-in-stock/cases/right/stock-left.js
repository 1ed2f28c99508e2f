const express = require('express');
const { createClient } = require('redis');
const { promisify } = require('util');

const app = express();
const client = createClient();
const get = promisify(client.get).bind(client);

const listProducts = [
  { id: 1, name: 'Suitcase 250', price: 50, stock: 4 },
  { id: 2, name: 'Suitcase 450', price: 100, stock: 10 },
  { id: 3, name: 'Suitcase 650', price: 350, stock: 2 },
  { id: 4, name: 'Suitcase 1050', price: 550, stock: 5 },
];

function getItemById(id) {
  for (const product of listProducts) {
    if (product.id === id) return product;
  }
  return null;
}

function reserveStockById(itemId, stock) {
  client.set(`item.${itemId}`, stock);
}

// The key holds what is left.
async function getCurrentReservedStockById(itemId) {
  const left = await get(`item.${itemId}`);
  return Number(left);
}

listProducts.forEach(({ id, stock }) => reserveStockById(id, stock));

const show = ({ id, name, price, stock }) => ({
  itemId: id, itemName: name, price, initialAvailableQuantity: stock,
});
const notFound = { status: 'Product not found' };

app.get('/list_products', (req, res) => res.send(listProducts.map(show)));

app.get('/list_products/:itemId', async (req, res) => {
  const product = getItemById(+req.params.itemId);
  if (!product) {
    res.send(notFound);
    return;
  }
  const currentQuantity = await getCurrentReservedStockById(product.id);
  res.send({ ...show(product), currentQuantity });
});

app.get('/reserve_product/:itemId', async (req, res) => {
  const product = getItemById(+req.params.itemId);
  if (!product) {
    res.send(notFound);
    return;
  }
  const left = await getCurrentReservedStockById(product.id);
  if (left <= 0) {
    res.send({ status: 'Not enough stock available', itemId: product.id });
    return;
  }
  reserveStockById(product.id, left - 1);
  res.send({ status: 'Reservation confirmed', itemId: product.id });
});

app.listen(1245, 'localhost', () => console.log('...'));
