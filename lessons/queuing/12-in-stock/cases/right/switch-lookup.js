import { createClient } from 'redis';
import express from 'express';

const util = require('util');

const listProducts = [];
listProducts.push({ id: 1, name: 'Suitcase 250', price: 50, stock: 4 });
listProducts.push({ id: 2, name: 'Suitcase 450', price: 100, stock: 10 });
listProducts.push({ id: 3, name: 'Suitcase 650', price: 350, stock: 2 });
listProducts.push({ id: 4, name: 'Suitcase 1050', price: 550, stock: 5 });

function getItemById(id) {
  switch (id) {
    case '1': return listProducts[0];
    case '2': return listProducts[1];
    case '3': return listProducts[2];
    case '4': return listProducts[3];
    default: return undefined;
  }
}

const client = createClient();
client.GET = util.promisify(client.GET);
client.DEL = util.promisify(client.DEL);

async function start() {
  // A shop that opens has everything on its shelves.
  await Promise.all(listProducts.map(({ id }) => client.DEL(`item.${id}`)));

  const app = express();

  app.get('/list_products', function (req, res) {
    const list = [];
    for (const p of listProducts) {
      list.push({ itemId: p.id, itemName: p.name, price: p.price, initialAvailableQuantity: p.stock });
    }
    res.status(200).send(list);
  });

  app.get('/list_products/:itemId', async function (req, res) {
    const p = getItemById(req.params.itemId);
    if (p === undefined) {
      res.status(404);
      res.json({ status: 'Product not found' });
    } else {
      const n = await getCurrentReservedStockById(p.id);
      res.json({
        itemId: p.id, itemName: p.name, price: p.price, initialAvailableQuantity: p.stock, currentQuantity: p.stock - n,
      });
    }
  });

  app.get('/reserve_product/:itemId', async function (req, res) {
    const p = getItemById(req.params.itemId);
    if (p === undefined) {
      res.status(404);
      res.json({ status: 'Product not found' });
    } else if (await getCurrentReservedStockById(p.id) < p.stock) {
      await reserveStockById(p.id, 1);
      res.json({ status: 'Reservation confirmed', itemId: p.id });
    } else {
      res.json({ status: 'Not enough stock available', itemId: p.id });
    }
  });

  app.listen(1245, '127.0.0.1');
}

function reserveStockById(itemId, stock) {
  return new Promise((done, fail) => {
    client.incrby(`item.${itemId}`, stock, (err) => (err ? fail(err) : done()));
  });
}

async function getCurrentReservedStockById(itemId) {
  return Number(await client.GET(`item.${itemId}`) || '0');
}

start();
