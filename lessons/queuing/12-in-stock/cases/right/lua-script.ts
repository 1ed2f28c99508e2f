import { promisify } from 'node:util';
import express, { type Response } from 'express';
import * as redis from 'redis';

type Item = { id: number; name: string; price: number; stock: number };

const listProducts: Item[] = (
  [
    ['Suitcase 250', 50, 4],
    ['Suitcase 450', 100, 10],
    ['Suitcase 650', 350, 2],
    ['Suitcase 1050', 550, 5],
  ] as const
).map(([name, price, stock], index) => ({ id: index + 1, name, price, stock }));

const client = redis.createClient(6379, '127.0.0.1');
const get = promisify(client.get).bind(client);
const run = promisify((args: (string | number)[], done: redis.Callback<number>) =>
  client.eval(args, done),
);

const SCRIPT = `
  local taken = tonumber(redis.call('GET', KEYS[1]) or 0)
  if taken < tonumber(ARGV[1]) then
    redis.call('SET', KEYS[1], taken + 1)
    return 1
  end
  return 0
`;

async function reserveStockById(itemId: number, stock: number): Promise<boolean> {
  return (await run([SCRIPT, 1, `item.${itemId}`, stock])) === 1;
}

async function getCurrentReservedStockById(itemId: number): Promise<number> {
  const value = await get(`item.${itemId}`);
  return value === null ? 0 : +value;
}

const getItemById = (id: number) => listProducts.find((item) => item.id === id);
const describeItem = (item: Item) => ({
  itemId: item.id,
  itemName: item.name,
  price: item.price,
  initialAvailableQuantity: item.stock,
});
const missing = (response: Response) => response.status(404).send({ status: 'Product not found' });

const server = express();

server.get('/list_products', (_request, response) => {
  response.send(listProducts.map(describeItem));
});

server.get('/list_products/:itemId', async ({ params }, response) => {
  const item = getItemById(Number(params.itemId));
  if (!item) return void missing(response);
  const currentQuantity = item.stock - (await getCurrentReservedStockById(item.id));
  response.send({ ...describeItem(item), currentQuantity });
});

server.get('/reserve_product/:itemId', async ({ params }, response) => {
  const item = getItemById(Number(params.itemId));
  if (!item) return void missing(response);
  const done = await reserveStockById(item.id, item.stock);
  response.send({ status: done ? 'Reservation confirmed' : 'Not enough stock available', itemId: item.id });
});

server.listen(1245);
