import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis Client Connected to the Server');
});

client.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});
