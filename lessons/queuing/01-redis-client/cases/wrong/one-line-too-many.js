import { createClient } from 'redis';

const client = createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
  console.log('Ready to work');
});

client.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});
