import { createClient } from 'redis';

const log = (err) => console.log(`Redis client not connected to the server: ${err.message || err.code}`);

const client = await createClient().on('error', log).connect();
const subscriber = await client.duplicate().on('error', log).connect();
console.log('Redis client connected to the server');

await subscriber.subscribe('holberton school channel', async (message) => {
  console.log(message);
  await client.rPush('holberton school messages', message);
  if (message === 'KILL_SERVER') {
    await subscriber.unsubscribe('holberton school channel');
    await subscriber.close();
    await client.close();
  }
});
