import express from 'express';
import { createClient, defineScript } from 'redis';

const products = [
  [1, 'Suitcase 250', 50, 4],
  [2, 'Suitcase 450', 100, 10],
  [3, 'Suitcase 650', 350, 2],
  [4, 'Suitcase 1050', 550, 5],
].map(([itemId, itemName, price, initialAvailableQuantity]) => ({
  itemId,
  itemName,
  price,
  initialAvailableQuantity,
}));

const client = createClient({
  disableOfflineQueue: true,
  scripts: {
    reserve: defineScript({
      NUMBER_OF_KEYS: 1,
      SCRIPT: `
        local reserved = tonumber(redis.call('GET', KEYS[1]) or '0')
        if reserved >= tonumber(ARGV[1]) then return 0 end
        redis.call('INCR', KEYS[1])
        return 1
      `,
      parseCommand(parser, key, stock) {
        parser.pushKey(key);
        parser.push(String(stock));
      },
      transformReply: (reply) => reply === 1,
    }),
  },
});

client.on('error', (error) => console.error(error.message || error.code));
await client.connect();

const app = express();
const shop = express.Router();

shop.param('itemId', (request, response, next, id) => {
  request.product = products.find(({ itemId }) => String(itemId) === id);
  if (request.product) next();
  else response.status(404).json({ status: 'Product not found' });
});

shop.get('/list_products', (_request, response) => response.json(products));

shop.get('/list_products/:itemId', async ({ product }, response) => {
  const reserved = await client.get(`item.${product.itemId}`);
  response.json({ ...product, currentQuantity: product.initialAvailableQuantity - reserved });
});

shop.get('/reserve_product/:itemId', async ({ product }, response) => {
  const { itemId, initialAvailableQuantity } = product;
  const isReserved = await client.reserve(`item.${itemId}`, initialAvailableQuantity);
  if (isReserved) response.json({ status: 'Reservation confirmed', itemId });
  else response.status(409).json({ status: 'Not enough stock available', itemId });
});

app.use(shop);
app.use((_error, _request, response, _next) => {
  response.status(503).json({ status: 'Redis is not available' });
});
app.listen(1245);
