import { createClient, type RedisClient } from 'redis';

function openClient(): RedisClient {
  const client = createClient('redis://127.0.0.1:6379');
  client.once('connect', () => console.log('Redis client connected to the server'));
  client.on('error', ({ message }: Error) =>
    console.log(`Redis client not connected to the server: ${message}`),
  );
  return client;
}

export default openClient();
