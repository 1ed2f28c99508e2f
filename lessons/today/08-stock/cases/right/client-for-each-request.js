const express = require('express');
const { createClient } = require('redis');
const listProducts = [
  { itemId: 1, itemName: 'Suitcase 250', price: 50, initialAvailableQuantity: 4 },
  { itemId: 2, itemName: 'Suitcase 450', price: 100, initialAvailableQuantity: 10 },
  { itemId: 3, itemName: 'Suitcase 650', price: 350, initialAvailableQuantity: 2 },
  { itemId: 4, itemName: 'Suitcase 1050', price: 550, initialAvailableQuantity: 5 },
];
const getItemById = (id) => listProducts.find((p) => p.itemId === Number(id));
async function withClient(work) {
  const client = createClient({ disableOfflineQueue: true, socket: { reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}
const app = express();
app.get('/list_products', (q, r) => r.json(listProducts));
app.get('/list_products/:itemId', async (q, r) => {
  const p = getItemById(q.params.itemId);
  if (!p) return r.status(404).json({ status: 'Product not found' });
  const n = await withClient((c) => c.get(`item.${p.itemId}`));
  r.json({ ...p, currentQuantity: p.initialAvailableQuantity - Number(n ?? 0) });
});
app.get('/reserve_product/:itemId', async (q, r) => {
  const p = getItemById(q.params.itemId);
  if (!p) return r.status(404).json({ status: 'Product not found' });
  const ok = await withClient(async (c) => {
    if ((await c.incr(`item.${p.itemId}`)) <= p.initialAvailableQuantity) return true;
    await c.decr(`item.${p.itemId}`);
    return false;
  });
  if (ok) r.json({ status: 'Reservation confirmed', itemId: p.itemId });
  else r.status(409).json({ status: 'Not enough stock available', itemId: p.itemId });
});
app.use((e, q, r, n) => r.status(503).json({ status: 'Redis is not available' }));
app.listen(1245);
