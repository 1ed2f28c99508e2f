import { createClient } from 'redis';

const client = createClient({
  socket: { reconnectStrategy: (retries) => (retries > 4 ? new Error('Redis is not there') : 50) },
});
client.on('error', (err) => console.log(`Redis client not connected to the server: ${err.code}`));

await client.connect();
console.log('Redis client connected to the server');
const answer = await client.ping();
console.log(`Reply: ${answer}`);
await client.close();
