// Lesson 8: a shop on port 1245 that never sells more than there is.
// The text is at `npm start -- show today/8`; ask for a hint with `npm start -- hint today/8`.

import express from 'express';
import { createClient } from 'redis';

const client = createClient();
client.on('error', (error: Error) => console.error(`Redis client: ${error.message}`));

// TODO: the array listProducts, and a function getItemById that looks into it

// TODO: a function that reserves one, in a single step of Redis, under the key item.ITEM_ID

const app = express();

// TODO: the route /list_products

// TODO: the route /list_products/:itemId

// TODO: the route /reserve_product/:itemId

// TODO: the error handler: 503 if Redis fails

// TODO: the client: commands must not wait while it is offline

// TODO: connect the client first
app.listen(1245);
