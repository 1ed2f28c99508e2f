// Task 12: a shop on port 1245 that keeps its reservations in Redis.
// The text is at `npm start -- show 12`; ask for a hint with `npm start -- hint 12`.

import express from 'express';
import { createClient } from 'redis';

const client = createClient();
client.on('error', (error: Error) => console.error(`Redis client: ${error.message}`));

// TODO: the array listProducts, and a function getItemById that looks into it

// TODO: a function reserveStockById that takes itemId and stock, and sets the key item.ITEM_ID

// TODO: an async function getCurrentReservedStockById that takes itemId, and reads that key:
//   with promisify, client.get becomes a function that returns a promise

const app = express();

// TODO: the route /list_products

// TODO: the route /list_products/:itemId

// TODO: the route /reserve_product/:itemId

app.listen(1245);
