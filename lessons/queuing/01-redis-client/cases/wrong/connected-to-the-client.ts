import { createClient } from 'redis';

const client = createClient();

client.on('connect', () => console.log('Redis client connected to the client'));

client.on('error', (error: Error) => {
  console.log(`Redis client not connected to the server: ${error.message}`);
});
